import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';

export interface CheckFieldProps {
  readonly label: ReactNode;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly hint?: ReactNode;
}

/** Yes or no, in words. */
export function CheckField({ label, isChecked, onChange, hint }: CheckFieldProps) {
  return <Checkbox label={label} description={hint} checked={isChecked} onChange={(event) => onChange(event.currentTarget.checked)} />;
}
