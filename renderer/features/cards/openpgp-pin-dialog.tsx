import { useRef, useState, type RefObject } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { isSameOctets } from '../../../main/domain/encoding/octets.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { cardEnding } from './card-names.ts';
import { CardIsDone } from './card-pin-dialog.tsx';
import type { OpenPgpCardDialogProps } from './openpgp-card-dialog.tsx';
import { LastTry } from './last-try.tsx';
import { PinCost } from './pin-cost.tsx';

interface OpenPgpPinDialogProps extends OpenPgpCardDialogProps {
  /** `unblock`: another PIN by the administrator’s. */
  readonly of: 'pin' | 'adminPin' | 'unblock';
}

/** What is typed first, and tried. */
const triedFor = { pin: 'pin', adminPin: 'adminPin', unblock: 'adminPin' } as const;

/** Another PIN of an OpenPGP card, or another administrator's PIN; each secret leaves its field once. */
export function OpenPgpPinDialog({ card, of, onClose }: OpenPgpPinDialogProps) {
  const fields = { old: useRef<SecretFieldHandle>(null), fresh: useRef<SecretFieldHandle>(null), again: useRef<SecretFieldHandle>(null) };
  const [fault, setFault] = useState<Fault>();
  const [isDone, setDone] = useState(false);
  const [isSure, setSure] = useState(false);
  const change = useCommand('openpgp.changeCardPin');
  const unblock = useCommand('openpgp.unblockCard');
  const { isRunning, error } = of === 'unblock' ? unblock : change;
  const tried = triedFor[of];
  const { reload } = useQuery('openpgp.cards', {});
  const announce = useAnnounce();
  const title = t(titles[of], { ending: cardEnding(card) });
  if (isDone) return <CardIsDone title={title} text={t('set-pin.done')} onClose={onClose} />;
  const isWrong = error instanceof AppError && ['token.pin-incorrect', 'token.unlock-code-incorrect'].includes(error.code);
  if (card[tried] === 'final-try' && !isSure && !isRunning)
    return <LastTry card={card} of={tried} isWrong={isWrong} onSure={() => setSure(true)} onClose={onClose} />;
  const submit = async () => {
    const typed = takeTyped(fields);
    setFault(typed.fault);
    if (typed.fault !== undefined) return;
    setSure(false);
    const [old, newPin] = [new Secret(typed.old), new Secret(typed.fresh)];
    const common = { card: card.serialNumber, newPin, finalTry: card[tried] === 'final-try' };
    const done = await (of === 'unblock' ? unblock.run({ ...common, adminPin: old }) : change.run({ ...common, of, pin: old }));
    await reload();
    if (done === undefined) return;
    announce(t('set-pin.done'));
    setDone(true);
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={isRunning}>
        {t('set-pin.cancel')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void submit()} isWorking={isRunning}>
        {t('set-pin.change-act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={isRunning ? () => undefined : onClose} title={title} actions={actions} width={520}>
      <PinForm
        card={card}
        of={of}
        fields={fields}
        fault={fault}
        isWrong={isWrong}
        error={isWrong ? undefined : error}
        onSubmit={() => void submit()}
      />
    </Dialog>
  );
}

const titles = {
  pin: 'set-pin.change-title-nobody',
  adminPin: 'openpgp-card.admin-title',
  unblock: 'set-pin.unblock-title-nobody',
} as const;

const wrongWords = { pin: 'set-pin.change-wrong', adminPin: 'openpgp-card.admin-pin-wrong' } as const;

type Fault = 'missing' | 'mismatch' | undefined;

type Fields = Readonly<Record<'old' | 'fresh' | 'again', RefObject<SecretFieldHandle | null>>>;

/** The old one stays where it is until there is a good new one. */
function takeTyped({
  old,
  fresh,
  again,
}: Fields): { readonly fault: NonNullable<Fault> } | { readonly fault: undefined; readonly old: Uint8Array; readonly fresh: Uint8Array } {
  if (old.current === null || fresh.current === null || again.current === null || old.current.isEmpty()) return { fault: 'missing' };
  const [newPin, repeated] = [fresh.current.take(), again.current.take()];
  const isSame = isSameOctets(newPin, repeated);
  repeated.fill(0);
  if (isSame) return { fault: undefined, old: old.current.take(), fresh: newPin };
  newPin.fill(0);
  return { fault: 'mismatch' };
}

interface PinFormProps extends Omit<OpenPgpPinDialogProps, 'onClose'> {
  readonly fields: Fields;
  readonly fault: Fault;
  readonly isWrong: boolean;
  readonly error: unknown;
  readonly onSubmit: () => void;
}

function PinForm({ card, of, fields: { old, fresh, again }, fault, isWrong, error, onSubmit }: PinFormProps) {
  const tried = triedFor[of];
  return (
    <Form onSubmit={onSubmit}>
      {error !== undefined && <ErrorNotice error={error} />}
      <SecretField
        ref={old}
        label={t(tried === 'pin' ? 'set-pin.change-old' : 'openpgp-card.admin-pin')}
        takesFocus
        error={fault === 'missing' ? t('set-pin.change-missing') : isWrong ? t(wrongWords[tried]) : undefined}
      />
      <PinCost pin={card[tried]} left={card.tries[tried]} of={tried} />
      <SecretField ref={fresh} label={t('set-pin.new')} hint={t('set-pin.new-hint-open', { minimum: of === 'adminPin' ? '8' : '6' })} />
      <SecretField ref={again} label={t('set-pin.again')} error={fault === 'mismatch' ? t('set-pin.mismatch') : undefined} />
      {/* Of several fields none sends the form by itself. */}
      <input type="submit" hidden />
    </Form>
  );
}
