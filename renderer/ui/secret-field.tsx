import { UnstyledButton, Input } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import {
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { t } from '../i18n/translate.ts';
import styles from './secret-field.module.css';

/** The only way to what was typed. */
export interface SecretFieldHandle {
  /** Reads the secret from the page, once, as UTF-8, and clears the field. The caller wipes the bytes. */
  readonly take: () => Uint8Array<ArrayBuffer>;
  readonly clear: () => void;
  readonly focus: () => void;
  readonly isEmpty: () => boolean;
}

export interface SecretFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
  readonly size?: 'normal' | 'door';
  readonly takesFocus?: boolean;
  /** Asked with each change; what it answers is kept, what it was given is not. */
  readonly judge?: (typed: string) => ReactNode;
  /** Whether there is anything to submit. */
  readonly onFilled?: (isFilled: boolean) => void;
  readonly ref: Ref<SecretFieldHandle>;
}

/** Shown or not, what is in the field does not leave it for the clipboard. */
const keepHere = (event: ClipboardEvent<HTMLInputElement>): void => event.preventDefault();

function takeFrom(field: HTMLInputElement | null): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(field?.value ?? '');
  if (field !== null) field.value = '';
  return bytes;
}

/** Keeps the handle in step with the field and empties the field when it leaves the page. */
function useSecret(ref: Ref<SecretFieldHandle>, onCleared: () => void) {
  const field = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => {
    const take = () => {
      const bytes = takeFrom(field.current);
      onCleared();
      return bytes;
    };
    return {
      take,
      clear: () => void take().fill(0),
      focus: () => field.current?.focus(),
      isEmpty: () => (field.current?.value ?? '') === '',
    };
  });
  useEffect(() => {
    const mounted = field.current;
    return () => void takeFrom(mounted).fill(0);
  }, []);
  return field;
}

/**
 * A field for a passphrase, a PIN or a recovery code. Uncontrolled: what is typed is never in state, in a property
 * or in an attribute; it is read from the page once, when it is submitted, and the field is then empty.
 */
export function SecretField({ label, hint, error, size = 'normal', takesFocus = false, judge, onFilled, ref }: SecretFieldProps) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  const [hasCapsLock, setCapsLock] = useState(false);
  const [judgement, setJudgement] = useState<ReactNode>(null);
  const field = useSecret(ref, () => {
    setShown(false);
    setJudgement(null);
    onFilled?.(false);
  });
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [field, takesFocus]);
  const changed = (typed: string) => {
    setJudgement(judge?.(typed) ?? null);
    onFilled?.(typed !== '');
  };
  const note = hasCapsLock ? t('secret.caps-lock') : judgement;
  const noteId = `${id}-note`;
  return (
    <Input.Wrapper id={id} size={size === 'door' ? 'md' : 'sm'} label={label} description={hint} error={error}>
      <div className={styles.field} data-size={size} data-wrong={error !== undefined && error !== null}>
        <input
          ref={field}
          id={id}
          className={styles.input}
          type={isShown ? 'text' : 'password'}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...(takesFocus ? { 'data-autofocus': true } : {})}
          aria-describedby={describedBy(id, { hint, error, note }, noteId)}
          aria-invalid={error !== undefined && error !== null}
          onCopy={keepHere}
          onCut={keepHere}
          onInput={(event) => changed(event.currentTarget.value)}
          onKeyUp={(event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))}
        />
        <UnstyledButton
          className={styles.eye}
          aria-label={t(isShown ? 'secret.hide' : 'secret.show')}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? <IconEyeOff size={24} stroke={1.5} aria-hidden /> : <IconEye size={24} stroke={1.5} aria-hidden />}
        </UnstyledButton>
      </div>
      <div id={noteId} className={styles.note} aria-live="polite">
        {note}
      </div>
    </Input.Wrapper>
  );
}

/** The ids Mantine gives the hint and the error, and ours. */
function describedBy(
  id: string,
  shown: { readonly hint: ReactNode; readonly error: ReactNode; readonly note: ReactNode },
  noteId: string,
): string | undefined {
  const ids = [shown.hint ? `${id}-description` : '', shown.error ? `${id}-error` : '', shown.note ? noteId : ''].filter(
    (part) => part !== '',
  );
  return ids.length === 0 ? undefined : ids.join(' ');
}
