import { useEffect, useRef, useState, type RefObject } from 'react';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { isSameOctets } from '../../../main/domain/encoding/octets.ts';
import { newPinFault, type PinFault } from '../../../main/domain/token/new-pin.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { cardEnding, ownerOf } from './card-names.ts';
import { PinCost } from './pin-cost.tsx';
import type { PinState } from './pin-words.ts';
import type { PinSetting, Setting } from './use-set-pin.ts';

export interface SetPinFormProps {
  readonly card: TokenSummary;
  readonly kind: Setting;
  /** Of what is asked for: the PIN the card has now, or its unlock code. */
  readonly tries: PinState;
  readonly setting: PinSetting;
  readonly onClose: () => void;
}

/** What is wrong with what was typed. */
type Fault = 'missing' | 'mismatch' | PinFault;

/** Whose card, what opens it, the new PIN twice, and what a wrong one costs; then that the card works. */
export function SetPinForm({ card, kind, tries, setting, onClose }: SetPinFormProps) {
  const [old, fresh, again] = [useRef<SecretFieldHandle>(null), useRef<SecretFieldHandle>(null), useRef<SecretFieldHandle>(null)];
  const [fault, setFault] = useState<Fault>();
  const { isWorking, isWrong, error } = setting;
  const of = kind === 'change' ? 'change' : 'unblock';
  const isKept = kind !== 'change' && card.isUnlockCodeKept;
  const announce = useAnnounce();
  useEffect(() => {
    if (isWrong && !isWorking) announce(t(`set-pin.${of}-wrong`));
  }, [announce, isWrong, isWorking, of]);
  const isAtReader = kind === 'change' && card.isPinTypedAtReader;
  const submit = () => {
    if (isAtReader) return void setting.start(undefined, new Uint8Array(), tries === 'final-try');
    const typed = takeTyped({ old, fresh, again }, card, isKept);
    setFault(typed.fault);
    if (typed.fault === undefined) return void setting.start(typed.old, typed.newPin, tries === 'final-try');
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Title card={card} kind={kind} />}
      line={<Sentence of="card-pin.where" with={{ ending: cardEnding(card), reader: <bdi>{card.reader}</bdi> }} />}
      actions={
        <>
          <ActionButton onClick={onClose}>{t(isWorking ? 'set-pin.close' : 'set-pin.cancel')}</ActionButton>
          <ActionButton kind="filled" onClick={submit} isWorking={isWorking} takesFocus={isAtReader}>
            {t(`set-pin.${kind}-act`)}
          </ActionButton>
        </>
      }
    >
      {isWorking ? (
        <Notice state="working" title={t(isAtReader ? 'set-pin.working-at-reader' : 'set-pin.working')}>
          {t(isAtReader ? 'set-pin.working-at-reader-text' : 'set-pin.working-text')}
        </Notice>
      ) : (
        <Form onSubmit={submit}>
          {error !== undefined && <ErrorNotice error={error} />}
          {isAtReader ? <AtReader /> : <OldField isKept={isKept} field={old} of={of} isMissing={fault === 'missing'} isWrong={isWrong} />}
          <PinCost pin={tries} left={of === 'change' ? card.tries.pin : card.tries.unlockCode} of={of === 'change' ? 'pin' : 'code'} />
          {!isAtReader && <NewPinFields card={card} fresh={fresh} again={again} fault={fault} />}
          {/* Of several fields none sends the form by itself. */}
          <input type="submit" hidden />
        </Form>
      )}
    </Dialog>
  );
}

const AtReader = () => (
  <Notice state="waiting" title={t('set-pin.at-reader')}>
    {t('set-pin.at-reader-text')}
  </Notice>
);

interface OldFieldProps {
  /** The vault has it. */
  readonly isKept: boolean;
  readonly field: RefObject<SecretFieldHandle | null>;
  readonly of: 'change' | 'unblock';
  readonly isMissing: boolean;
  readonly isWrong: boolean;
}

/** What opens the card now: typed, unless the vault has it. */
function OldField({ isKept, field, of, isMissing, isWrong }: OldFieldProps) {
  if (isKept) return <p>{t('set-pin.kept')}</p>;
  const error = isMissing ? t(`set-pin.${of}-missing`) : isWrong ? t(`set-pin.${of}-wrong`) : undefined;
  return <SecretField ref={field} label={t(`set-pin.${of}-old`)} hint={t(`set-pin.${of}-old-hint`)} takesFocus error={error} />;
}

interface Fields {
  readonly old: RefObject<SecretFieldHandle | null>;
  readonly fresh: RefObject<SecretFieldHandle | null>;
  readonly again: RefObject<SecretFieldHandle | null>;
}

/** The new PIN leaves its fields in any case; the other one stays where it is until there is a good new one. */
function takeTyped(
  { old, fresh, again }: Fields,
  card: TokenSummary,
  isKept: boolean,
): { fault: Fault } | { fault: undefined; old: Uint8Array | undefined; newPin: Uint8Array } {
  const isOldMissing = !isKept && (old.current === null || old.current.isEmpty());
  if (fresh.current === null || again.current === null || isOldMissing) {
    old.current?.focus();
    return { fault: 'missing' };
  }
  const [newPin, repeated] = [fresh.current.take(), again.current.take()];
  const isSame = isSameOctets(newPin, repeated);
  const fault = newPinFault(newPin, card.pinLength) ?? (isSame ? undefined : 'mismatch');
  repeated.fill(0);
  if (fault === undefined) return { fault, old: old.current?.take(), newPin };
  newPin.fill(0);
  fresh.current.focus();
  return { fault };
}

/** Longer ones are nobody’s PIN: then only the least is worth saying. */
const longestSaid = 64;

interface NewPinFieldsProps extends Pick<SetPinFormProps, 'card'> {
  readonly fresh: RefObject<SecretFieldHandle | null>;
  readonly again: RefObject<SecretFieldHandle | null>;
  readonly fault: Fault | undefined;
}

function NewPinFields({ card, fresh, again, fault }: NewPinFieldsProps) {
  const { minimum, maximum } = card.pinLength;
  const length = { minimum: String(Math.max(1, minimum)), maximum: String(maximum) };
  const hint = maximum === 0 || maximum > longestSaid ? 'set-pin.new-hint-open' : 'set-pin.new-hint';
  const isOfNew = fault === 'length' || fault === 'factory' || fault === 'unchanged';
  return (
    <>
      <SecretField
        ref={fresh}
        label={t('set-pin.new')}
        hint={t(hint, length)}
        error={isOfNew ? t(`set-pin.fault-${fault}`, length) : undefined}
      />
      <SecretField ref={again} label={t('set-pin.again')} error={fault === 'mismatch' ? t('set-pin.mismatch') : undefined} />
    </>
  );
}

function Title({ card, kind }: Pick<SetPinFormProps, 'card' | 'kind'>) {
  const owner = ownerOf(card);
  if (owner === null) return t(`set-pin.${kind}-title-nobody`, { ending: cardEnding(card) });
  return <Sentence of={`set-pin.${kind}-title`} with={{ name: <PersonName name={owner.name} /> }} />;
}
