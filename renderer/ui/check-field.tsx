import { Checkbox } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';

export interface CheckFieldProps {
  readonly label: ReactNode;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly hint?: ReactNode;
  /** Why it must be ticked before it goes on; read aloud, and the box takes the focus. */
  readonly error?: string;
}

/** Yes or no, in words. */
export function CheckField({ label, isChecked, onChange, hint, error }: CheckFieldProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (error !== undefined) box.current?.focus();
  }, [error]);
  return (
    <Checkbox
      ref={box}
      label={label}
      description={hint}
      error={error}
      checked={isChecked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
