import { useImperativeHandle, useRef, useState, type Ref } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { codeFault } from '../sign-in/code-fault.ts';

export interface CodeFieldHandle {
  /** What was typed, once; else says beside the field what is missing. */
  readonly take: () => Secret | undefined;
  readonly focus: () => void;
}

interface CodeFieldProps {
  readonly label: string;
  readonly hint: string;
  /** What the code was refused with. */
  readonly error: unknown;
  readonly onTyped: () => void;
  readonly onSubmit: () => void;
  readonly ref: Ref<CodeFieldHandle>;
}

/** A field for a code, with what was wrong with it beside it, and every other refusal above. */
export function CodeField({ label, hint, error, onTyped, onSubmit, ref }: CodeFieldProps) {
  const field = useRef<SecretFieldHandle>(null);
  const [isMissing, setMissing] = useState(false);
  useImperativeHandle(ref, () => ({
    focus: () => field.current?.focus(),
    take: () => {
      if (field.current !== null && !field.current.isEmpty()) return new Secret(field.current.take());
      setMissing(true);
      field.current?.focus();
      return undefined;
    },
  }));
  const fault = codeFault(error, isMissing);
  const filled = (isFilled: boolean) => {
    if (!isFilled) return;
    setMissing(false);
    if (fault !== undefined) onTyped();
  };
  return (
    <Form onSubmit={onSubmit}>
      {error !== undefined && fault === undefined && <ErrorNotice error={error} />}
      <SecretField
        ref={field}
        size="door"
        label={label}
        hint={hint}
        takesFocus
        onFilled={filled}
        error={fault === undefined ? undefined : t(fault)}
      />
    </Form>
  );
}
