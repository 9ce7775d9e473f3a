import { t } from '../../i18n/translate.ts';
import { SelectField } from '../../ui/select-field.tsx';

export interface WhichAuthorityProps {
  /** Of the authorities in the file; nothing is asked for one alone. */
  readonly names: readonly string[];
  readonly value: string | undefined;
  readonly onChange: (name: string) => void;
}

/** Which of several authorities in one file is meant. */
export function WhichAuthority({ names, value, onChange }: WhichAuthorityProps) {
  const [first] = names;
  if (first === undefined) return null;
  return (
    <SelectField
      label={t('authority-import.which')}
      hint={t('authority-import.which-hint')}
      value={value ?? first}
      options={[...new Set(names)].map((name) => ({ value: name, label: name }))}
      onChange={onChange}
    />
  );
}
