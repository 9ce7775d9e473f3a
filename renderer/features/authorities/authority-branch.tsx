import { IconBuildingBank, IconBuildingCommunity, IconCertificate, IconDownload, IconUserCheck } from '@tabler/icons-react';
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
import { StatusText } from '../../ui/status-text.tsx';
import { ValidityLine } from '../../ui/validity-line.tsx';
import { momentWords } from '../revoke/effects.ts';
import { domainWords, keyWords } from './authority-words.ts';
import type { AuthorityNode } from './tree.ts';
import styles from './authorities-screen.module.css';

interface BranchProps {
  readonly node: AuthorityNode;
  /** Absent for a root, which signs itself. */
  readonly signer: AuthoritySummary | undefined;
}

/** An authority and those below it. */
export function AuthorityBranch({ node: { authority, below }, signer }: BranchProps) {
  return (
    <li>
      <AuthorityCard authority={authority} signer={signer} />
      {below.length > 0 && (
        <ul className={styles.below} aria-label={t('authorities.below', { name: authority.name })}>
          {below.map((node) => (
            <AuthorityBranch key={node.authority.id} node={node} signer={authority} />
          ))}
        </ul>
      )}
    </li>
  );
}

function AuthorityCard({ authority, signer }: { readonly authority: AuthoritySummary; readonly signer: AuthoritySummary | undefined }) {
  const { name, kind, sha256, issuesToPeople, revokedAt } = authority;
  const now = useNow();
  const Shown = kind === 'root' ? IconBuildingCommunity : IconBuildingBank;
  return (
    <section className={styles.card} aria-label={name}>
      <div className={styles.head}>
        <Shown size={22} stroke={1.6} className={styles.icon} aria-hidden />
        <div className={styles.words}>
          <h2 className={styles.name}>
            <PersonName name={name} />
          </h2>
          <div className={styles.standing}>
            <span className={styles.kind}>{t(`authorities.${kind}`)}</span>
            {issuesToPeople && <StatusText state="fine">{t('authorities.issues')}</StatusText>}
          </div>
          {revokedAt !== null && <StatusText state="stopped">{t('authorities.revoked', { when: momentWords(revokedAt, now) })}</StatusText>}
        </div>
        <AuthorityActions authority={authority} />
      </div>
      <Facts termWidth={190} rows={factsOf(authority, signer)} />
      <Folded title={t('authorities.fingerprint')}>
        <CopyText text={sha256} label={t('authorities.fingerprint')} isMono />
      </Folded>
    </section>
  );
}

function factsOf(authority: AuthoritySummary, signer: AuthoritySummary | undefined) {
  const { notBefore, notAfter, latestList, publishUrl, mailDomains } = authority;
  return [
    {
      term: t('authorities.signed-by'),
      value: signer === undefined ? t('authorities.signed-by.itself') : <PersonName name={signer.name} />,
    },
    { term: t('authorities.until'), value: <ValidityLine from={notBefore} until={notAfter} /> },
    { term: t('authorities.domains'), value: domainWords(mailDomains) },
    { term: t('authorities.key'), value: keyWords(authority) },
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

function AuthorityActions({ authority }: { readonly authority: AuthoritySummary }) {
  const { id, name, certificateId } = authority;
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
      <UseAuthority authority={authority} />
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

/** Where another one issues now. */
function UseAuthority({ authority: { id, name, kind, issuesToPeople, revokedAt } }: { readonly authority: AuthoritySummary }) {
  const command = useCommand('authorities.use');
  const announce = useAnnounce();
  if (kind === 'root' || issuesToPeople || revokedAt !== null) return null;
  const use = async () => {
    if ((await command.run({ authority: id })) !== undefined) announce(t('authorities.used', { name }));
  };
  return (
    <>
      {command.error !== undefined && <ErrorNotice error={command.error} />}
      <ActionButton
        size="row"
        icon={IconUserCheck}
        label={t('authorities.use-of', { name })}
        isWorking={command.isRunning}
        onClick={() => void use()}
      >
        {t('authorities.use')}
      </ActionButton>
    </>
  );
}
