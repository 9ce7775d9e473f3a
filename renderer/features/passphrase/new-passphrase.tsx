import { useImperativeHandle, useRef, useState, type Ref } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import { isSameOctets } from '../../../main/domain/encoding/octets.ts';
import { t } from '../../i18n/translate.ts';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import type { State } from '../../ui/status.ts';
import { judgePassphrase, leastCharacters, type PassphraseStrength } from './judge-passphrase.ts';

export interface NewPassphraseHandle {
  /** What was typed, once, when it may be used; else says why not beside the field. */
  readonly take: () => Secret | undefined;
}

export interface NewPassphraseProps {
  /** Names around here, which others would try: the practice, the operator. */
  readonly known?: readonly string[];
  readonly takesFocus?: boolean;
  /** Where it is not the passphrase of an operator. */
  readonly label?: string;
  readonly ref: Ref<NewPassphraseHandle>;
}

const shapes: Readonly<Record<PassphraseStrength, State>> = { short: 'waiting', guessable: 'soon', fair: 'soon', strong: 'fine' };

/** A new passphrase, typed twice, with words on how well it resists guessing. */
export function NewPassphrase({ known = [], takesFocus = false, label = t('passphrase.new'), ref }: NewPassphraseProps) {
  const first = useRef<SecretFieldHandle>(null);
  const second = useRef<SecretFieldHandle>(null);
  const [strength, setStrength] = useState<PassphraseStrength>('short');
  const [fault, setFault] = useState<'missing' | 'short' | 'differ' | null>(null);
  useImperativeHandle(ref, () => ({ take: () => takeBoth(first.current, second.current, strength, setFault) }));
  const judge = (typed: string) => {
    const judged = judgePassphrase(typed, known);
    setStrength(judged);
    setFault(null);
    if (typed === '') return null;
    return <StatusText state={shapes[judged]}>{t(`passphrase.${judged}`, { least: leastCharacters })}</StatusText>;
  };
  const tooShort = fault === 'short' ? t('passphrase.short', { least: leastCharacters }) : undefined;
  const different = fault === 'differ' || fault === 'missing' ? t(`passphrase.${fault}`) : undefined;
  return (
    <>
      <SecretField
        ref={first}
        size="door"
        label={label}
        hint={t('passphrase.hint')}
        takesFocus={takesFocus}
        judge={judge}
        error={tooShort}
      />
      <SecretField
        ref={second}
        size="door"
        label={t('passphrase.again')}
        error={different}
        onFilled={(isFilled) => isFilled && setFault(null)}
      />
    </>
  );
}

function takeBoth(
  first: SecretFieldHandle | null,
  second: SecretFieldHandle | null,
  strength: PassphraseStrength,
  onFault: (fault: 'missing' | 'short' | 'differ') => void,
): Secret | undefined {
  if (first === null || second === null || first.isEmpty() || second.isEmpty()) {
    onFault('missing');
    (first?.isEmpty() === false ? second : first)?.focus();
    return undefined;
  }
  if (strength === 'short') {
    onFault('short');
    first.focus();
    return undefined;
  }
  const [chosen, repeated] = [first.take(), second.take()];
  const isSame = isSameOctets(chosen, repeated);
  repeated.fill(0);
  if (isSame) return new Secret(chosen);
  chosen.fill(0);
  onFault('differ');
  first.focus();
  return undefined;
}
