import { useRef, useState, type RefObject } from 'react';
import { t } from '../../i18n/translate.ts';
import { Notice } from '../../ui/notice.tsx';
import { SecretField, type SecretFieldHandle, type SecretFieldProps } from '../../ui/secret-field.tsx';

/** One PIN that is asked for. */
export interface AskedPin {
  readonly field: RefObject<SecretFieldHandle | null>;
  /** It is typed on the pad of the reader, and not here. */
  readonly isAtReader: boolean;
  readonly isMissing: boolean;
  readonly setMissing: (isMissing: boolean) => void;
  /** The PIN, once; undefined where none was typed, which the field then says; without characters where the reader asks. The caller wipes it. */
  readonly take: () => Uint8Array<ArrayBuffer> | undefined;
}

/** Of a card that is there; of none yet where nothing is known of a pad. */
export function useAskedPin(card?: { readonly isPinTypedAtReader: boolean }): AskedPin {
  const isAtReader = card?.isPinTypedAtReader === true;
  const field = useRef<SecretFieldHandle>(null);
  const [isMissing, setMissing] = useState(false);
  const take = () => {
    if (isAtReader) return new Uint8Array();
    const isEmpty = field.current?.isEmpty() ?? true;
    setMissing(isEmpty);
    if (!isEmpty) return field.current?.take();
    field.current?.focus();
    return undefined;
  };
  return { field, isAtReader, isMissing, setMissing, take };
}

interface PinFieldProps extends Pick<SecretFieldProps, 'size' | 'takesFocus'> {
  readonly pin: Omit<AskedPin, 'take'>;
  readonly isWrong: boolean;
}

/** Where the PIN of a card is typed. */
export function PinField({ pin: { field, isAtReader, isMissing, setMissing }, isWrong, ...more }: PinFieldProps) {
  if (isAtReader)
    return (
      <Notice state={isWrong ? 'stopped' : 'waiting'} title={t('card-pin.at-reader')}>
        {t(isWrong ? 'card-pin.wrong' : 'card-pin.at-reader-text')}
      </Notice>
    );
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
