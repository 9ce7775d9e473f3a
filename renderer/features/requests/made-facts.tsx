import type { RequestPreview } from '../../../main/contract/requests.ts';
import { t } from '../../i18n/translate.ts';
import { Facts } from '../../ui/facts.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { ValidityLine } from '../../ui/validity-line.tsx';
import { algorithmName } from '../certificates/names.ts';
import { profileWords } from '../profiles/profile-words.ts';

export interface MadeFactsProps {
  readonly preview: RequestPreview;
  readonly onProfile: (profile: string) => void;
}

/** The certificate that would be made: whose, for which mailboxes, what for, until when. */
export function MadeFacts({ preview, onProfile }: MadeFactsProps) {
  const { person, made, asked, profile, profiles, issuerName } = preview;
  const chooser = (
    <SelectField
      label={t('request.what-for')}
      isLabelHidden
      value={profile}
      options={profiles.map((value) => ({ value, label: profileWords(value) }))}
      onChange={onProfile}
    />
  );
  return (
    <Facts
      termWidth={150}
      rows={[
        { term: t('request.whose'), value: person === null ? t('request.outsider') : <PersonName name={person.name} /> },
        { term: t('request.mailboxes'), value: made.emails.join(', ') },
        { term: t('request.what-for'), value: chooser },
        { term: t('request.until'), value: <ValidityLine from={made.notBefore} until={made.notAfter} /> },
        { term: t('request.key'), value: t('request.key-proven', { key: algorithmName(asked.keyAlgorithm) }) },
        { term: t('request.issuer'), value: issuerName },
      ]}
    />
  );
}
