import { IconEraser } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import type { OpenPgpCardSummary } from '../../../main/contract/openpgp.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { cardEnding } from './card-names.ts';
import type { OpenPgpCardDialogProps } from './openpgp-card-dialog.tsx';
import { LastTry } from './last-try.tsx';
import { PinCost } from './pin-cost.tsx';
import { Way } from './way.tsx';
import { WhatGoes, Wiped } from './wiped-card.tsx';

/** One wiping at a time, by the admin PIN or without one. */
function useWiping(card: OpenPgpCardSummary, onDone: () => void) {
  const { run, isRunning, error } = useCommand('openpgp.wipeCard');
  const { reload } = useQuery('openpgp.cards', {});
  const announce = useAnnounce();
  const wipe = async (adminPin: Secret | undefined) => {
    const by = adminPin === undefined ? {} : { adminPin, finalTry: card.adminPin === 'final-try' };
    const wiped = await run({ card: card.serialNumber, ...by });
    await reload();
    if (wiped === undefined) return;
    announce(t('wipe-card.working'));
    onDone();
  };
  return { wipe, isRunning, error };
}

/** Takes everything off an OpenPGP card: by its admin PIN, or where nobody knows that, by using up all tries. */
export function WipeOpenPgpDialog({ card, onClose }: OpenPgpCardDialogProps) {
  const field = useRef<SecretFieldHandle>(null);
  const [wantsForce, setForced] = useState(false);
  const [isSure, setSure] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const [isDone, setDone] = useState(false);
  const { wipe, isRunning, error } = useWiping(card, () => setDone(true));
  const ending = cardEnding(card);
  if (isDone) return <Wiped ending={ending} text={t('openpgp-card.wiped-text')} onClose={onClose} />;
  const isWrong = error instanceof AppError && error.code === 'token.unlock-code-incorrect';
  const isForced = wantsForce || card.adminPin === 'locked';
  if (card.adminPin === 'final-try' && !isForced && !isSure && !isRunning)
    return (
      <LastTry card={card} of="adminPin" isWrong={isWrong} onSure={() => setSure(true)} onClose={onClose}>
        <Way icon={IconEraser} title={t('admin-pin.last-force')} text={t('admin-pin.last-force-text')} onClick={() => setForced(true)} />
      </LastTry>
    );
  const submit = () => {
    if (isForced) return void wipe(undefined);
    const isEmpty = field.current?.isEmpty() ?? true;
    setMissing(isEmpty);
    if (isEmpty || field.current === null) return field.current?.focus();
    setSure(false);
    return void wipe(new Secret(field.current.take()));
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      icon={<IconEraser size={26} stroke={1.6} aria-hidden />}
      title={t('wipe-card.title-nobody', { ending })}
      consequences={<WhatGoes pin={t('openpgp-card.wipe-gone-pin')} />}
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
          <PinCost pin={card.adminPin} left={card.tries.adminPin} of="adminPin" />
        </>
      )}
      <WithoutPin isLocked={card.adminPin === 'locked'} isForced={isForced} onChange={setForced} />
    </ConfirmDialog>
  );
}

interface WithoutPinProps {
  readonly isLocked: boolean;
  readonly isForced: boolean;
  readonly onChange: (isForced: boolean) => void;
}

/** The way for whoever has no admin PIN: the only one where it is locked. */
const WithoutPin = ({ isLocked, isForced, onChange }: WithoutPinProps) =>
  isLocked ? (
    <p>{t('openpgp-card.wipe-locked')}</p>
  ) : (
    <CheckField label={t('openpgp-card.wipe-force')} hint={t('openpgp-card.wipe-force-hint')} isChecked={isForced} onChange={onChange} />
  );
