import type { ProfileDetails } from '../../../main/contract/profiles.ts';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Tag } from '../../ui/tag.tsx';
import { ProfileEditor } from './profile-editor.tsx';
import { ProfileFindings } from './profile-findings.tsx';
import { daysWords, keysWords, partWords, profileTitle, profileWords, sourceWords } from './profile-words.ts';
import styles from './profile-dialog.module.css';

export interface ProfileDialogProps {
  readonly name: string;
  readonly isEditing: boolean;
  readonly onEdit: () => void;
  readonly onClose: () => void;
}

/** What a profile says; an own one is changed, another is what an own one begins with. */
export function ProfileDialog({ name, isEditing, onEdit, onClose }: ProfileDialogProps) {
  const { data, error } = useQuery('profiles.show', { profile: name }, { isStill: true });
  if (data !== undefined && isEditing) return <ProfileEditor details={data} onClose={onClose} />;
  const actions = (
    <>
      <ActionButton onClick={onClose} takesFocus>
        {t('profiles.close')}
      </ActionButton>
      <Permitted call="profiles.edit">
        <ActionButton kind="filled" onClick={onEdit} isDisabled={data === undefined}>
          {t(data?.isOwn === true ? 'profiles.change' : 'profiles.from-this')}
        </ActionButton>
      </Permitted>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={data === undefined ? name : profileTitle(data)} line={name} actions={actions} width={680}>
      {error !== undefined && <ErrorNotice error={error} />}
      {data !== undefined && <Details details={data} />}
    </Dialog>
  );
}

function Details({ details }: { readonly details: ProfileDetails }) {
  return (
    <div className={styles.rows}>
      <Facts termWidth={180} rows={factsOf(details)} />
      <section aria-label={t('profiles.subject')}>
        <h3 className={styles.heading}>{t('profiles.subject')}</h3>
        <ol className={styles.rules}>
          {details.subject.map((rule) => (
            <li key={rule.attribute} className={styles.rule}>
              <span>
                {partWords(rule.attribute)}: {sourceWords(rule)} <Tag>{rule.attribute}</Tag>
              </span>
              <span className={styles.quiet}>{t(`profiles.presence.${rule.presence}`)}</span>
            </li>
          ))}
        </ol>
      </section>
      <ProfileFindings findings={details.findings} />
    </div>
  );
}

function factsOf({ usages, validityDays, maximumValidityDays, algorithms, policies, basedOn, allowsHold, escrowsKeys }: ProfileDetails) {
  return [
    { term: t('profiles.for'), value: usages.map((usage) => t(`certificates.purpose.${usage}`)).join(', ') },
    {
      term: t('profiles.validity'),
      value: t('profiles.validity-of', { days: daysWords(validityDays), most: daysWords(maximumValidityDays) }),
    },
    { term: t('profiles.column.keys'), value: keysWords(algorithms) },
    { term: t('profiles.policies'), value: policies.join(', ') },
    { term: t('profiles.escrow'), value: t(escrowsKeys ? 'profiles.escrow.yes' : 'profiles.escrow.no') },
    { term: t('profiles.hold'), value: t(allowsHold ? 'profiles.hold.yes' : 'profiles.hold.no') },
    ...(basedOn === null ? [] : [{ term: t('profiles.based-on'), value: profileWords(basedOn) }]),
  ];
}
