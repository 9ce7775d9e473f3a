import { IconCertificate, IconDownload, IconUserCheck } from '@tabler/icons-react';
import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useGo } from '../../state/navigation.ts';
import { useMay } from '../../state/role.ts';
import { useCommand } from '../../state/use-command.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
import { actCalls, actIcons, actsFor, type OnAct } from './authority-act.ts';
import { isFollowed } from './tree.ts';
import styles from './authorities-screen.module.css';

interface AuthorityActionsProps {
  readonly authority: AuthoritySummary;
  readonly all: readonly AuthoritySummary[];
  readonly onAct: OnAct;
}

/** What can be done with an authority. */
export function AuthorityActions({ authority, all, onAct }: AuthorityActionsProps) {
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
      <Permitted call="authorities.use">{!isFollowed(all, id) && <UseAuthority authority={authority} />}</Permitted>
      <Permitted call="certificates.show">
        <ActionButton
          size="row"
          icon={IconCertificate}
          label={t('authorities.open-of', { name })}
          onClick={() => go({ name: 'certificate', id: certificateId })}
        >
          {t('authorities.open')}
        </ActionButton>
      </Permitted>
      <ActionButton
        size="row"
        icon={IconDownload}
        label={t('authorities.export-of', { name })}
        isWorking={command.isRunning || files.isSaving}
        onClick={() => void save()}
      >
        {t('authorities.export')}
      </ActionButton>
      <MoreActs authority={authority} all={all} onAct={onAct} />
    </div>
  );
}

/** What is seldom done. */
function MoreActs({ authority, all, onAct }: AuthorityActionsProps) {
  const may = useMay();
  const acts = actsFor(authority, all).filter((act) => may(actCalls[act]));
  if (acts.length === 0) return null;
  const choices = acts.map((act) => ({ text: t(`authority-act.${act}`), icon: actIcons[act], onClick: () => onAct(act, authority) }));
  return <MenuButton choices={choices} label={t('authority-act.more', { name: authority.name })} />;
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
