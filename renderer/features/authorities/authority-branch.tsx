import { IconBuildingBank, IconBuildingCommunity, IconCertificate, IconDownload } from '@tabler/icons-react';
import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { formatDistance } from '../../i18n/dates.ts';
import { formatNumber, t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useNow } from '../../ui/clock.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Folded } from '../../ui/folded.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { ValidityLine } from '../../ui/validity-line.tsx';
import { algorithmName } from '../certificates/names.ts';
import { momentWords } from '../revoke/effects.ts';
import type { AuthorityNode } from './tree.ts';
import styles from './authorities-screen.module.css';

/** An authority and those below it. */
export function AuthorityBranch({ node: { authority, below } }: { readonly node: AuthorityNode }) {
  return (
    <li>
      <AuthorityCard authority={authority} />
      {below.length > 0 && (
        <ul className={styles.below} aria-label={t('authorities.below', { name: authority.name })}>
          {below.map((node) => (
            <AuthorityBranch key={node.authority.id} node={node} />
          ))}
        </ul>
      )}
    </li>
  );
}

function AuthorityCard({ authority }: { readonly authority: AuthoritySummary }) {
  const { name, parentId, sha256 } = authority;
  const isRoot = parentId === null;
  const Shown = isRoot ? IconBuildingCommunity : IconBuildingBank;
  return (
    <section className={styles.card} aria-label={name}>
      <div className={styles.head}>
        <Shown size={22} stroke={1.6} className={styles.icon} aria-hidden />
        <div className={styles.words}>
          <h2 className={styles.name}>
            <PersonName name={name} />
          </h2>
          <p className={styles.kind}>{t(isRoot ? 'authorities.root' : 'authorities.issuing')}</p>
        </div>
        <AuthorityActions authority={authority} />
      </div>
      <Facts termWidth={190} rows={factsOf(authority)} />
      <Folded title={t('authorities.fingerprint')}>
        <CopyText text={sha256} label={t('authorities.fingerprint')} isMono />
      </Folded>
    </section>
  );
}

function factsOf({ notBefore, notAfter, algorithm, latestList, publishUrl }: AuthoritySummary) {
  return [
    { term: t('authorities.until'), value: <ValidityLine from={notBefore} until={notAfter} /> },
    { term: t('authorities.key'), value: algorithmName(algorithm) },
    { term: t('authorities.list'), value: <LatestList list={latestList} /> },
    { term: t('authorities.address'), value: publishUrl ?? t('authorities.address.none') },
  ];
}

function LatestList({ list }: { readonly list: AuthoritySummary['latestList'] }) {
  const now = useNow();
  if (list === null) return t('authorities.list.none');
  const isDue = new Date(list.nextUpdate) > now;
  const lines = [
    t('authorities.list.made', { number: formatNumber(list.number), when: momentWords(list.thisUpdate, now) }),
    t('authorities.list.entries', { count: list.entries }),
    isDue
      ? t('authorities.list.due', { when: momentWords(list.nextUpdate, now) })
      : t('authorities.list.overdue', { when: formatDistance(list.nextUpdate, now) }),
  ];
  return lines.map((line) => <div key={line}>{line}</div>);
}

function AuthorityActions({ authority: { id, name, certificateId } }: { readonly authority: AuthoritySummary }) {
  const go = useGo();
  const command = useCommand('authorities.export');
  const files = useSaveFiles();
  const announce = useAnnounce();
  const save = async () => {
    const file = await command.run({ authority: id, format: 'chain' });
    if (file === undefined) return;
    const path = await files.save(t('authorities.export-title', { name }), [file]);
    if (path !== undefined) announce(t('authorities.exported'));
  };
  const error = command.error ?? files.error;
  return (
    <div className={styles.actions}>
      {error !== undefined && <ErrorNotice error={error} />}
      <ActionButton
        size="row"
        icon={IconCertificate}
        label={t('authorities.open-of', { name })}
        onClick={() => go({ name: 'certificate', id: certificateId })}
      >
        {t('authorities.open')}
      </ActionButton>
      <ActionButton
        size="row"
        icon={IconDownload}
        label={t('authorities.export-of', { name })}
        isWorking={command.isRunning || files.isSaving}
        onClick={() => void save()}
      >
        {t('authorities.export')}
      </ActionButton>
    </div>
  );
}
