import { useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import { AppError } from '../../../main/domain/errors.ts';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useCards } from './use-cards.ts';
import { isWrongPin } from './pin-words.ts';

export type Enrolled = OutputFor<'tokens.enroll'>;

/** What is typed beside the PIN, where it is asked for. */
interface TypedBeside {
  readonly managementKey?: Secret;
}

export interface CardEnrolment {
  /** Sends the PIN, once; the last try only where the person was told that it is. Its octets are wiped when they are sent. */
  readonly start: (person: string, pin: Uint8Array, isLastTry: boolean, more?: TypedBeside) => Promise<void>;
  readonly isWorking: boolean;
  readonly done: Enrolled | undefined;
  /** Goes back to the PIN for what could not be finished. */
  readonly finish: () => void;
  /** The PIN was refused as wrong. */
  readonly isWrong: boolean;
  /** The card locked itself. */
  readonly isLocked: boolean;
  /** What else went wrong. */
  readonly error: unknown;
}

const hasCode = (error: unknown, code: string): boolean => error instanceof AppError && error.code === code;

/** One try after the other, each with a PIN typed anew. After a failed one the card is looked at before anything is asked. */
export function useCardEnrolment(serialNumber: string, onFailed: () => void): CardEnrolment {
  const { run, error } = useCommand('tokens.enroll');
  const { reload } = useCards();
  const announce = useAnnounce();
  const [isWorking, setWorking] = useState(false);
  const [done, setDone] = useState<Enrolled>();
  const start = async (person: string, pin: Uint8Array, isLastTry: boolean, more: TypedBeside = {}) => {
    setWorking(true);
    setDone(undefined);
    announce(t('card-pin.working'));
    const enrolled = await run({ person, token: serialNumber, pin: new Secret(pin), finalTry: isLastTry, ...more });
    if (enrolled === undefined) {
      await reload();
      onFailed();
    } else {
      announce(t(enrolled.unfinished === null ? 'on-card.announce' : 'on-card.not-yet'));
      setDone(enrolled);
    }
    setWorking(false);
  };
  const isLastTry = hasCode(error, 'token.pin-final-try');
  const isWrong = isWrongPin(error);
  const isLocked = hasCode(error, 'token.pin-locked');
  const finish = () => setDone(undefined);
  return { start, isWorking, done, finish, isWrong, isLocked, error: isWrong || isLocked || isLastTry ? undefined : error };
}
