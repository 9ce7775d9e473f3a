import { useState } from 'react';
import { keyAlgorithms, type KeyAlgorithm } from '../../../main/domain/key/algorithm.ts';
import type { OwnProfile } from '../../../main/domain/profile/own-profile.ts';
import { t } from '../../i18n/translate.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { algorithmName } from '../certificates/names.ts';
import { policiesFrom } from './profile-draft.ts';
import { SubjectRulesField } from './subject-rules-field.tsx';
import styles from './profile-dialog.module.css';

export interface ProfileFieldsProps {
  readonly draft: OwnProfile;
  readonly isNew: boolean;
  /** What scripts call it. */
  readonly name: string;
  readonly onChange: (draft: OwnProfile) => void;
}

const longestTitle = 80;
const longestValidity = 825;

/** Everything an own profile may say. */
export function ProfileFields({ draft, isNew, name, onChange }: ProfileFieldsProps) {
  const [policies, setPolicies] = useState(draft.policies.join(', '));
  const change = (changes: Partial<OwnProfile>) => onChange({ ...draft, ...changes });
  const typePolicies = (text: string) => {
    setPolicies(text);
    change({ policies: policiesFrom(text) });
  };
  return (
    <>
      <TextField
        label={t('profiles.name')}
        hint={name === '' ? t('profiles.name-hint') : t('profiles.called', { name })}
        value={draft.title}
        onChange={(title) => change({ title })}
        maxLength={longestTitle}
        takesFocus={isNew}
      />
      <div className={styles.pair}>
        <TextField
          label={t('profiles.validity')}
          hint={t('profiles.validity-hint', { most: longestValidity })}
          value={String(draft.validityDays)}
          onChange={(text) => change({ validityDays: Number(text.replaceAll(/\D/g, '')) })}
          maxLength={4}
        />
        <TextField
          label={t('profiles.policies')}
          hint={t('profiles.policies-hint')}
          placeholder="1.3.6.1.4.1.99999.1"
          value={policies}
          onChange={typePolicies}
          maxLength={500}
        />
      </div>
      <KeysField algorithms={draft.algorithms} onChange={(algorithms) => change({ algorithms })} />
      <SubjectRulesField rules={draft.subject} onChange={(subject) => change({ subject })} />
      <CheckField
        label={t('profiles.escrow.field')}
        hint={t('profiles.escrow.without')}
        isChecked={draft.escrowsKeys ?? true}
        onChange={(escrowsKeys) => change({ escrowsKeys })}
      />
      <CheckField label={t('profiles.hold.field')} isChecked={draft.allowsHold} onChange={(allowsHold) => change({ allowsHold })} />
    </>
  );
}

interface KeysFieldProps {
  readonly algorithms: readonly KeyAlgorithm[];
  readonly onChange: (algorithms: readonly KeyAlgorithm[]) => void;
}

function KeysField({ algorithms, onChange }: KeysFieldProps) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.heading}>{t('profiles.keys')}</legend>
      <div className={styles.kinds}>
        {keyAlgorithms.map((algorithm) => (
          <CheckField
            key={algorithm}
            label={algorithmName(algorithm)}
            isChecked={algorithms.includes(algorithm)}
            onChange={(isChosen) => onChange(keyAlgorithms.filter((one) => (one === algorithm ? isChosen : algorithms.includes(one))))}
          />
        ))}
      </div>
    </fieldset>
  );
}
