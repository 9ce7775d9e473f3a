import { t } from '../../i18n/translate.ts';
import { SelectField } from '../../ui/select-field.tsx';

export interface OperatorFieldProps {
  readonly operators: readonly string[];
  readonly value: string;
  readonly onChange: (operator: string) => void;
}

/** Who signs in, where several may. */
export function OperatorField({ operators, value, onChange }: OperatorFieldProps) {
  if (operators.length < 2) return null;
  const options = operators.map((operator) => ({ value: operator, label: operator }));
  return <SelectField size="door" label={t('sign-in.operator')} value={value} options={options} onChange={onChange} />;
}
