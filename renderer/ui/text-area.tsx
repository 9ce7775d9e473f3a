import { Textarea } from '@mantine/core';
import type { ReactNode } from 'react';

export interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
  readonly rows?: number;
  readonly maxLength?: number;
}

/** A few sentences, such as a note for the log. */
export function TextArea({ value, onChange, hint, rows = 2, ...rest }: TextAreaProps) {
  return (
    <Textarea
      {...rest}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      description={hint}
      rows={rows}
      autosize={false}
    />
  );
}
