import { IconBuildingBank, IconBuildingCommunity, IconFileCertificate } from '@tabler/icons-react';
import type { ViewedChain, ViewedLink } from '../../../main/contract/viewer.ts';
import { wordError } from '../../../main/domain/locale/word-error.ts';
import { toDate } from '../../i18n/dates.ts';
import { errorMessages } from '../../i18n/locale.ts';
import { t } from '../../i18n/translate.ts';
import { ChainTree, type ChainNode, type ChainReason } from '../../ui/chain-tree.tsx';
import { Panel } from '../../ui/panel.tsx';
import { commonName } from '../certificates/names.ts';
import styles from './viewer.module.css';

/** The path from the certificate up, drawn from the top down, with everything that speaks against each of them. */
export function ChainPanel({ chain }: { readonly chain: ViewedChain }) {
  const title = t(chain.validation.valid ? 'viewer.chain' : 'viewer.chain-broken');
  return (
    <Panel title={title}>
      <p className={styles.hint}>{t('viewer.chain-line')}</p>
      <ChainTree label={title} nodes={viewedNodes(chain)} />
    </Panel>
  );
}

/** Boxes of the tree, the root first. */
const viewedNodes = ({ links, validation }: ViewedChain): readonly ChainNode[] =>
  links.toReversed().map((link, at) => {
    const reasons = reasonsFor(link, validation.findings);
    return {
      id: link.sha256,
      icon: link.isOurs ? IconBuildingCommunity : link.isAuthority ? IconBuildingBank : IconFileCertificate,
      name: <bdi>{commonName(link.subject)}</bdi>,
      detail: at === links.length - 1 ? t('viewer.chain.person') : t(link.isOurs ? 'viewer.chain.ours' : 'viewer.chain.authority'),
      state: reasons.every(({ holds }) => holds) ? 'fine' : 'stopped',
      until: String(toDate(link.notAfter).getFullYear()),
      reasons,
    };
  });

function reasonsFor({ sha256 }: ViewedLink, findings: ViewedChain['validation']['findings']): readonly ChainReason[] {
  const wrong = findings.filter(({ certificate }) => certificate === sha256);
  if (wrong.length === 0) return [{ holds: true, text: t('viewer.chain.holds') }];
  return wrong.map(({ code, details }) => ({ holds: false, text: wordError(code, details, errorMessages).text }));
}
