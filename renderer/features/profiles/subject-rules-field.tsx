import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { OwnProfile } from '../../../main/domain/profile/own-profile.ts';
import { subjectSources } from '../../../main/domain/profile/certificate-profile.ts';
import { attributeOid } from '../../../main/domain/x509/oid.ts';
import { t, type MessageKey } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { replaceRule, withSource, type SubjectRule } from './profile-draft.ts';
import { partWords } from './profile-words.ts';
import styles from './profile-dialog.module.css';

type Attribute = SubjectRule['attribute'];

const attributes = Object.keys(attributeOid) as Attribute[];
const attributeOptions = attributes.map((value) => ({ value, label: partWords(value) }));
const sourceOptions = subjectSources.map((value) => ({ value, label: t(`profiles.source.${value}` as MessageKey) }));
const longestText = 256;

export interface SubjectRulesFieldProps {
  readonly rules: OwnProfile['subject'];
  readonly onChange: (rules: OwnProfile['subject']) => void;
}

/** What stands in the subject, in its order, and where each part comes from. */
export function SubjectRulesField({ rules, onChange }: SubjectRulesFieldProps) {
  const unused = attributes.find((name) => !rules.some(({ attribute }) => attribute === name));
  const add = (attribute: Attribute) => onChange([...rules, { attribute, source: 'text', presence: 'required', text: '' }]);
  return (
    <fieldset className={styles.group}>
      <legend className={styles.heading}>{t('profiles.subject')}</legend>
      {rules.map((rule, at) => (
        <RuleRow key={at} rule={rule} onChange={(changed) => onChange(replaceRule(rules, at, changed))} />
      ))}
      {unused !== undefined && (
        <ActionButton size="row" icon={IconPlus} onClick={() => add(unused)}>
          {t('profiles.add-part')}
        </ActionButton>
      )}
    </fieldset>
  );
}

interface RuleRowProps {
  readonly rule: SubjectRule;
  readonly onChange: (rule: SubjectRule | undefined) => void;
}

function RuleRow({ rule, onChange }: RuleRowProps) {
  return (
    <div className={styles.edited}>
      <SelectField
        isLabelHidden
        label={t('profiles.part')}
        value={rule.attribute}
        options={attributeOptions}
        onChange={(attribute) => onChange({ ...rule, attribute })}
      />
      <SelectField
        isLabelHidden
        label={t('profiles.source-of', { part: partWords(rule.attribute) })}
        value={rule.source}
        options={sourceOptions}
        onChange={(source) => onChange(withSource(rule, source))}
      />
      <CheckField
        label={t('profiles.needed')}
        isChecked={rule.presence === 'required'}
        onChange={(isNeeded) => onChange({ ...rule, presence: isNeeded ? 'required' : 'optional' })}
      />
      <IconButton
        icon={IconTrash}
        label={t('profiles.remove-part', { part: partWords(rule.attribute) })}
        onClick={() => onChange(undefined)}
      />
      {rule.source === 'text' && (
        <div className={styles.text}>
          <TextField
            label={t('profiles.text-of', { part: partWords(rule.attribute) })}
            value={rule.text ?? ''}
            onChange={(text) => onChange({ ...rule, text })}
            maxLength={longestText}
          />
        </div>
      )}
    </div>
  );
}
