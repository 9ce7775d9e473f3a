import { IconEraser, IconKeyOff, IconLockOff } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Consequence } from '../../ui/consequence.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { cardEnding } from './card-names.ts';
import type { OpenPgpCardDialogProps } from './openpgp-card-dialog.tsx';
import { PinCost } from './pin-cost.tsx';

/** Takes everything off an OpenPGP card: by its admin PIN, or where nobody knows that, by using up all tries. */
export function WipeOpenPgpDialog({ card, onClose }: OpenPgpCardDialogProps) {
  const field = useRef<SecretFieldHandle>(null);
  const [isForced, setForced] = useState(card.adminPin === 'locked');
  const [isMissing, setMissing] = useState(false);
  const [isDone, setDone] = useState(false);
  const { run, isRunning, error } = useCommand('openpgp.wipeCard');
  const { reload } = useQuery('openpgp.cards', {});
  const announce = useAnnounce();
  const ending = cardEnding(card);
  if (isDone) return <Wiped ending={ending} onClose={onClose} />;
  const isWrong = error instanceof AppError && error.code === 'token.unlock-code-incorrect';
  const wipe = async (adminPin: Secret | undefined) => {
    const by = adminPin === undefined ? {} : { adminPin, finalTry: card.adminPin === 'final-try' };
    const wiped = await run({ card: card.serialNumber, ...by });
    await reload();
    if (wiped === undefined) return;
    announce(t('wipe-card.working'));
    setDone(true);
  };
  const submit = () => {
    if (isForced) return void wipe(undefined);
    const isEmpty = field.current?.isEmpty() ?? true;
    setMissing(isEmpty);
    if (isEmpty || field.current === null) return field.current?.focus();
    return void wipe(new Secret(field.current.take()));
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      icon={<IconEraser size={26} stroke={1.6} aria-hidden />}
      title={t('wipe-card.title-nobody', { ending })}
      consequences={<WhatGoes />}
      act={t('wipe-card.act', { ending })}
      onAct={submit}
      isActing={isRunning}
    >
      {error !== undefined && !isWrong && <ErrorNotice error={error} />}
      {!isForced && (
        <>
          <SecretField
            ref={field}
            label={t('openpgp-card.wipe-known')}
            hint={t('openpgp-card.admin-pin-hint')}
            error={isMissing ? t('openpgp-card.admin-pin-missing') : isWrong ? t('openpgp-card.admin-pin-wrong') : undefined}
          />
          <PinCost pin={card.adminPin} left={card.tries.adminPin} of="code" />
        </>
      )}
      <CheckField label={t('openpgp-card.wipe-force')} hint={t('openpgp-card.wipe-force-hint')} isChecked={isForced} onChange={setForced} />
    </ConfirmDialog>
  );
}

const WhatGoes = () => (
  <>
    <Consequence
      title={t('wipe-card.gone')}
      items={[
        { icon: <IconKeyOff size={18} stroke={1.75} aria-hidden />, text: t('wipe-card.gone-keys') },
        { icon: <IconLockOff size={18} stroke={1.75} aria-hidden />, text: t('openpgp-card.wipe-gone-pin') },
      ]}
    />
    <Consequence title={t('wipe-card.stays')}>{t('wipe-card.stays-text')}</Consequence>
  </>
);

function Wiped({ ending, onClose }: { readonly ending: string; readonly onClose: () => void }) {
  const close = (
    <ActionButton kind="filled" onClick={onClose} takesFocus>
      {t('wipe-card.close')}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('wipe-card.done', { ending })} actions={close}>
      <p>{t('openpgp-card.wiped-text')}</p>
    </Dialog>
  );
}
