import { useState } from 'react';
import type { ProfileDetails } from '../../../main/contract/profiles.ts';
import type { OwnProfile } from '../../../main/domain/profile/own-profile.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { nameFrom } from './profile-draft.ts';
import { ProfileFields } from './profile-fields.tsx';
import { ProfileFindings } from './profile-findings.tsx';
import { profileWords } from './profile-words.ts';
import styles from './profile-dialog.module.css';

export interface ProfileEditorProps {
  readonly details: ProfileDetails;
  readonly onClose: () => void;
}

/** An own profile, new or changed: what the rules say of it is asked before it is kept. */
export function ProfileEditor({ details, onClose }: ProfileEditorProps) {
  const [draft, setDraft] = useState<OwnProfile>(details.definition);
  const [reason, setReason] = useState('');
  const keep = useCommand(details.isOwn ? 'profiles.edit' : 'profiles.add');
  const check = useCommand('profiles.check');
  const [checked, setChecked] = useState<{ readonly of: OwnProfile; readonly findings: ProfileDetails['findings'] }>();
  const announce = useAnnounce();
  const profile = details.isOwn ? draft : { ...draft, name: nameFrom(draft.title) };
  const isChecked = checked?.of === draft;
  const isBroken = isChecked && checked.findings.some(({ severity }) => severity === 'error');
  const ask = async () => {
    const answer = await check.run({ definition: profile });
    if (answer !== undefined) setChecked({ of: draft, findings: answer.findings });
  };
  const start = async () => {
    const kept = await keep.run({ definition: profile, ...(reason.trim() === '' ? {} : { override: reason }) });
    if (kept === undefined) return;
    announce(t('profiles.kept', { profile: profile.title }));
    onClose();
  };
  const error = keep.error ?? check.error;
  const isReady = profile.name !== '' && (!isBroken || reason.trim() !== '');
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('profiles.not-now')}</ActionButton>
      {isChecked ? (
        <ActionButton kind="filled" onClick={() => void start()} isWorking={keep.isRunning} isDisabled={!isReady}>
          {t('profiles.keep')}
        </ActionButton>
      ) : (
        <ActionButton kind="filled" onClick={() => void ask()} isWorking={check.isRunning} isDisabled={profile.name === ''}>
          {t('profiles.check')}
        </ActionButton>
      )}
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={details.isOwn ? t('profiles.change-title', { profile: draft.title }) : t('profiles.new')}
      line={t('profiles.stands-on', { profile: profileWords(draft.basedOn) })}
      actions={actions}
      width={760}
    >
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        <ProfileFields draft={draft} isNew={!details.isOwn} name={profile.name} onChange={setDraft} />
        {isChecked && <ProfileFindings findings={checked.findings} />}
        {isBroken && (
          <TextArea label={t('request.reason')} hint={t('request.reason-hint')} value={reason} onChange={setReason} maxLength={1000} />
        )}
      </div>
    </Dialog>
  );
}
