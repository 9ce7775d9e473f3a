import { IconCertificateOff, IconRefresh, IconKey, IconTimeline, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import type { CertificateDetails } from '../../../main/contract/certificates.ts';
import { t } from '../../i18n/translate.ts';
import { AnswerOf } from '../../shell/answer-of.tsx';
import { Columns } from '../../shell/columns.tsx';
import { Page } from '../../shell/page.tsx';
import { Permitted } from '../../shell/permitted.tsx';
import { useGo, useNavigation } from '../../state/navigation.ts';
import { useMay } from '../../state/role.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ChainTree } from '../../ui/chain-tree.tsx';
import { useNow } from '../../ui/clock.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { MenuButton, type MenuChoice } from '../../ui/menu-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { ScreenProps } from '../feature.ts';
import { RenewDialog } from '../people/renew-dialog.tsx';
import { RevokeDialog } from '../revoke/revoke-dialog.tsx';
import { chainNodes } from './chain-nodes.tsx';
import { ExportMenu, useExport } from './export-menu.tsx';
import { HoldButton } from './hold-button.tsx';
import { InWords, ownerOf } from './in-words.tsx';
import { numberEnding } from './names.ts';
import { certificateNotice } from './notice-words.ts';
import { Remarks } from './remarks.tsx';
import { canRenew, canRevoke } from './standing.ts';
import { useHold } from './use-hold.ts';
import styles from './certificate-screen.module.css';

/** One certificate in words: whose, what for, until when, and why it is trusted. */
export function CertificateScreen({ route }: ScreenProps<'certificate'>) {
  const query = useQuery('certificates.show', { certificate: route.id });
  return <AnswerOf query={query}>{(certificate) => <Shown certificate={certificate} />}</AnswerOf>;
}

type Act = 'renew' | 'revoke';

function Shown({ certificate }: { readonly certificate: CertificateDetails }) {
  const go = useGo();
  const now = useNow();
  const [act, setAct] = useState<Act>();
  const may = useMay();
  const saving = useExport(certificate);
  const hold = useHold([certificate.id]);
  const { state, title, text, isRenewNext } = certificateNotice(certificate, now);
  const renew = (
    <ActionButton kind="filled" onClick={() => setAct('renew')}>
      {t('certificate.renew')}
    </ActionButton>
  );
  return (
    <Page header={<Header certificate={certificate} saving={saving} hold={hold} isRenewNext={isRenewNext} onAct={setAct} />}>
      {saving.error !== undefined && <ErrorNotice error={saving.error} />}
      {hold.error !== undefined && <ErrorNotice error={hold.error} />}
      <Columns sideWidth={372} side={<Chain certificate={certificate} onOpen={(id) => go({ name: 'certificate', id })} />}>
        <Notice state={state} title={title} {...(isRenewNext && may('certificates.renew') ? { action: renew } : {})}>
          {text}
        </Notice>
        <InWords certificate={certificate} />
        <Remarks findings={certificate.findings} />
      </Columns>
      {act === 'revoke' && <RevokeDialog certificates={[certificate.id]} onClose={() => setAct(undefined)} />}
      {act === 'renew' && certificate.personId !== null && <Renewing person={certificate.personId} onClose={() => setAct(undefined)} />}
    </Page>
  );
}

interface HeaderProps {
  readonly certificate: CertificateDetails;
  readonly saving: ReturnType<typeof useExport>;
  readonly hold: ReturnType<typeof useHold>;
  readonly isRenewNext: boolean;
  readonly onAct: (act: Act) => void;
}

function Header({ certificate, saving, hold, isRenewNext, onAct }: HeaderProps) {
  const back = useNavigation((navigation) => navigation.back);
  const may = useMay();
  const { purpose, emails, serialNumber } = certificate;
  const whose = emails.length === 0 ? ownerOf(certificate) : emails.join(', ');
  return (
    <PageHeader
      back={{ label: t('window.back'), onClick: () => back({ name: 'certificates' }) }}
      title={t(`certificate.title.${purpose}`)}
      line={<bdi>{t('certificate.line', { whose, ending: numberEnding(serialNumber) })}</bdi>}
      actions={
        <>
          <Permitted call="certificates.suspend">
            <HoldButton certificate={certificate} hold={hold} />
          </Permitted>
          {canRevoke(certificate) && certificate.isOurs && may('certificates.revoke') && (
            <ActionButton icon={IconCertificateOff} onClick={() => onAct('revoke')}>
              {t('certificate.revoke')}
            </ActionButton>
          )}
          <Permitted call="certificates.export">
            <ExportMenu isSaving={saving.isSaving} onSave={(format) => void saving.save(format)} />
          </Permitted>
          <MenuButton choices={useChoices(certificate, isRenewNext, onAct)} />
        </>
      }
    />
  );
}

/** What is seldom needed: the person, the log, and renewing before it is time. */
function useChoices(certificate: CertificateDetails, isRenewNext: boolean, onAct: (act: Act) => void): readonly MenuChoice[] {
  const go = useGo();
  const now = useNow();
  const may = useMay();
  const { id, personId, keyId } = certificate;
  return [
    ...(personId === null
      ? []
      : [{ text: t('certificate.open-person'), icon: IconUser, onClick: () => go({ name: 'person', id: personId }) }]),
    { text: t('certificate.in-log'), icon: IconTimeline, onClick: () => go({ name: 'audit', certificate: id }) },
    { text: t('certificate.key-in-log'), icon: IconKey, onClick: () => go({ name: 'audit', search: keyId }) },
    ...(canRenew(certificate, now) && certificate.isOurs && !isRenewNext && may('certificates.renew')
      ? [{ text: t('certificate.renew'), icon: IconRefresh, onClick: () => onAct('renew') }]
      : []),
  ];
}

interface ChainProps {
  readonly certificate: CertificateDetails;
  readonly onOpen: (id: string) => void;
}

function Chain({ certificate, onOpen }: ChainProps) {
  const title = t(certificate.validation.valid ? 'certificate.chain' : 'certificate.chain-broken');
  return (
    <Panel title={title}>
      <p className={styles.hint}>{t('certificate.chain-line')}</p>
      <ChainTree label={title} nodes={chainNodes(certificate, useNow())} onOpen={onOpen} />
    </Panel>
  );
}

function Renewing({ person: id, onClose }: { readonly person: string; readonly onClose: () => void }) {
  const go = useGo();
  const { data } = useQuery('people.show', { person: id });
  if (data === undefined) return null;
  return <RenewDialog person={data} onClose={onClose} onHandOver={() => go({ name: 'person', id })} />;
}
