import { t } from '../../i18n/translate.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { PracticeDraft } from './practice-draft.ts';
import styles from './it-choices.module.css';

export interface ItChoicesProps {
  readonly draft: PracticeDraft;
  readonly onChange: (change: Partial<PracticeDraft>) => void;
  readonly publishUrlFault: string | undefined;
}

const authorityAlgorithms = ['p384', 'p256', 'p521', 'rsa-4096'] as const;
const subjectAlgorithms = ['rsa-3072', 'rsa-2048', 'rsa-4096', 'p256', 'p384', 'ed25519'] as const;

const options = <Value extends (typeof authorityAlgorithms)[number] | (typeof subjectAlgorithms)[number]>(values: readonly Value[]) =>
  values.map((value) => ({ value, label: t(`algorithm.${value}`) }));

/** What only IT has an opinion on, folded. Opens by itself when something in it has to be corrected. */
export function ItChoices({ draft, onChange, publishUrlFault }: ItChoicesProps) {
  return (
    <details open={publishUrlFault === undefined ? undefined : true}>
      <summary className={styles.summary}>{t('first-run.it')}</summary>
      <div className={styles.content}>
        <p className={styles.lead}>{t('first-run.it-lead')}</p>
        <SelectField
          label={t('first-run.root')}
          value={draft.rootAlgorithm}
          options={options(authorityAlgorithms)}
          onChange={(rootAlgorithm) => onChange({ rootAlgorithm })}
        />
        <SelectField
          label={t('first-run.issuing')}
          value={draft.issuingAlgorithm}
          options={options(authorityAlgorithms)}
          onChange={(issuingAlgorithm) => onChange({ issuingAlgorithm })}
        />
        <SelectField
          label={t('first-run.subject')}
          hint={t('first-run.subject-hint')}
          value={draft.subjectAlgorithm}
          options={options(subjectAlgorithms)}
          onChange={(subjectAlgorithm) => onChange({ subjectAlgorithm })}
        />
        <TextField
          label={t('first-run.publish-url')}
          hint={t('first-run.publish-url-hint')}
          value={draft.publishUrl}
          onChange={(publishUrl) => onChange({ publishUrl })}
          error={publishUrlFault}
          maxLength={200}
        />
      </div>
    </details>
  );
}
