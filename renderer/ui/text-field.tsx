import { TextInput } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Under the label. */
  readonly hint?: ReactNode;
  /** Under the field: what to type. What was typed stays. */
  readonly error?: ReactNode;
  /** 42 px at the door, else 36. */
  readonly size?: 'normal' | 'door';
  /** Before the text: an icon, or a sign such as @. */
  readonly left?: ReactNode;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly takesFocus?: boolean;
  readonly onBlur?: () => void;
}

/** One line of text with its label, hint and error. */
export function TextField({
  value,
  onChange,
  hint,
  size = 'normal',
  isRequired = false,
  isDisabled = false,
  left,
  takesFocus = false,
  ...rest
}: TextFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);
  return (
    <TextInput
      {...rest}
      ref={field}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      description={hint}
      leftSection={left}
      required={isRequired}
      withAsterisk={false}
      disabled={isDisabled}
      {...(takesFocus ? { 'data-autofocus': true } : {})}
      size={size === 'door' ? 'md' : 'sm'}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
