import { useRef, useState, type RefObject } from 'react';
import { t } from '../../i18n/translate.ts';
import { SecretField, type SecretFieldHandle, type SecretFieldProps } from '../../ui/secret-field.tsx';

/** One PIN that is asked for. */
export interface AskedPin {
  readonly field: RefObject<SecretFieldHandle | null>;
  readonly isMissing: boolean;
  readonly setMissing: (isMissing: boolean) => void;
  /** The PIN, once; undefined where none was typed, which the field then says. The caller wipes it. */
  readonly take: () => Uint8Array<ArrayBuffer> | undefined;
}

export function useAskedPin(): AskedPin {
  const field = useRef<SecretFieldHandle>(null);
  const [isMissing, setMissing] = useState(false);
  const take = () => {
    const isEmpty = field.current?.isEmpty() ?? true;
    setMissing(isEmpty);
    if (!isEmpty) return field.current?.take();
    field.current?.focus();
    return undefined;
  };
  return { field, isMissing, setMissing, take };
}

interface PinFieldProps extends Pick<SecretFieldProps, 'size' | 'takesFocus'> {
  readonly pin: Omit<AskedPin, 'take'>;
  readonly isWrong: boolean;
}

/** Where the PIN of a card is typed. */
export function PinField({ pin: { field, isMissing, setMissing }, isWrong, ...more }: PinFieldProps) {
  return (
    <SecretField
      ref={field}
      label={t('card-pin.field')}
      hint={t('card-pin.hint')}
      error={isMissing ? t('card-pin.missing') : isWrong ? t('card-pin.wrong') : undefined}
      onFilled={(isFilled) => isFilled && setMissing(false)}
      {...more}
    />
  );
}
