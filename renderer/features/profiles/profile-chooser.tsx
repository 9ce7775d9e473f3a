import { t } from '../../i18n/translate.ts';
import { useQuery } from '../../state/use-query.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { profileTitle } from './profile-words.ts';

/** What people get unless somebody chooses otherwise. */
export const usualProfile = 'smime-mailbox-multipurpose';

export interface ProfileChooserProps {
  readonly profile: string;
  readonly onChange: (profile: string) => void;
}

/** Which certificates people get. Where the practice has no profiles of its own there is nothing to ask. */
export function ProfileChooser({ profile, onChange }: ProfileChooserProps) {
  const profiles = useQuery('profiles.list', {}).data?.profiles ?? [];
  if (!profiles.some(({ isOwn }) => isOwn)) return null;
  const options = profiles.map((one) => ({ value: one.name, label: profileTitle(one) }));
  const isEscrowed = profiles.find(({ name }) => name === profile)?.escrowsKeys ?? true;
  return (
    <>
      <SelectField label={t('profiles.choose')} value={profile} options={options} onChange={onChange} width={320} />
      {!isEscrowed && (
        <StatusText state="soon" isSentence>
          {t('profiles.escrow.warning')}
        </StatusText>
      )}
    </>
  );
}
