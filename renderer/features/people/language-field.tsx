import { languageNames, languages, type Language } from '../../../main/domain/locale/languages.ts';
import { t } from '../../i18n/translate.ts';
import { SelectField } from '../../ui/select-field.tsx';

export interface LanguageFieldProps {
  readonly value: Language;
  readonly onChange: (language: Language) => void;
}

const options = languages.map((language) => ({ value: language, label: languageNames[language] }));

/** In which language somebody is handed pages. */
export const LanguageField = ({ value, onChange }: LanguageFieldProps) => (
  <SelectField<Language> label={t('hand-over.language')} value={value} options={options} onChange={onChange} />
);
