import { useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import { AppError } from '../../../main/domain/errors.ts';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useCards } from './use-cards.ts';

/** By the PIN the card has now, or by its unlock code. */
export type By = 'change' | 'unblock';

/** What there is to be done: a first PIN is set by the unlock code like any other. */
export type Setting = By | 'give-pin';

export interface PinSetting {
  /** Sends both, once; the last try only where the person was told that it is. Their octets are wiped when they are sent. */
  readonly start: (old: Uint8Array | undefined, newPin: Uint8Array, isLastTry: boolean) => Promise<void>;
  readonly isWorking: boolean;
  readonly done: OutputFor<'tokens.changePin'> | undefined;
  /** The PIN or the code was refused as wrong. */
  readonly isWrong: boolean;
  /** What else went wrong; not what the card itself shows from now on. */
  readonly error: unknown;
}

const wrong: readonly string[] = ['token.pin-incorrect', 'token.unlock-code-incorrect'];
const shownByCard: readonly string[] = [
  'token.pin-locked',
  'token.pin-final-try',
  'token.unlock-code-locked',
  'token.unlock-code-final-try',
];

/** One try after the other, each typed anew. After a failed one the card is looked at before anything is asked. */
export function useSetPin(serialNumber: string, by: By, onFailed: () => void): PinSetting {
  const change = useCommand('tokens.changePin');
  const unblock = useCommand('tokens.unblock');
  const { reload } = useCards();
  const announce = useAnnounce();
  const [isWorking, setWorking] = useState(false);
  const [done, setDone] = useState<OutputFor<'tokens.changePin'>>();
  const start = async (old: Uint8Array | undefined, newPin: Uint8Array, finalTry: boolean) => {
    setWorking(true);
    announce(t('set-pin.working'));
    const [from, to, common] = [old && new Secret(old), new Secret(newPin), { token: serialNumber, finalTry }];
    const set = await (by === 'change'
      ? change.run({ ...common, pin: from ?? new Secret(new Uint8Array()), newPin: to })
      : unblock.run({ ...common, ...(from && { unlockCode: from }), newPin: to }));
    await reload();
    if (set === undefined) onFailed();
    else announce(t('set-pin.done'));
    setDone(set);
    setWorking(false);
  };
  const { error } = by === 'change' ? change : unblock;
  const code = error instanceof AppError ? error.code : '';
  const isWrong = wrong.includes(code);
  return { start, isWorking, done, isWrong, error: isWrong || shownByCard.includes(code) ? undefined : error };
}
