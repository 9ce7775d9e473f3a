import { Select } from '@mantine/core';
import type { ReactNode } from 'react';

export interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  readonly hint?: ReactNode;
  readonly size?: 'normal' | 'door';
  /** Among filters, where what is chosen says enough; screen readers still hear the label. */
  readonly isLabelHidden?: boolean;
  /** Pixels, of the field alone; as wide as its place where left out. */
  readonly width?: number;
}

/** One of a few choices in a list that opens. */
export function SelectField<Value extends string>({
  label,
  value,
  options,
  onChange,
  hint,
  size = 'normal',
  isLabelHidden = false,
  width,
}: SelectFieldProps<Value>) {
  return (
    <Select
      {...(isLabelHidden ? { 'aria-label': label } : { label })}
      description={hint}
      value={value}
      data={options.map((option) => ({ ...option }))}
      onChange={(chosen) => {
        const option = options.find((candidate) => candidate.value === chosen);
        if (option !== undefined) onChange(option.value);
      }}
      allowDeselect={false}
      {...(width === undefined ? {} : { styles: { wrapper: { width, maxWidth: '100%' } } })}
      size={size === 'door' ? 'md' : 'sm'}
    />
  );
}
