import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { AppError } from '../../../main/domain/errors.ts';
import type { State } from '../../ui/status.ts';

export type PinState = TokenSummary['pin'];

/** PKCS #11 tells no number of tries, only whether they run out: a shape and words. */
export const pinStates: Readonly<Record<PinState, State>> = {
  fine: 'fine',
  'count-low': 'soon',
  'final-try': 'stopped',
  locked: 'stopped',
  'not-set': 'waiting',
};

/** Said beside the field of the PIN. */
export const isWrongPin = (error: unknown): boolean => error instanceof AppError && error.code === 'token.pin-incorrect';

/** What is typed for a card and costs a try where it is wrong, and where the words for it are. */
export type AskedSecret = 'pin' | 'code' | 'adminPin';
export const wordsOf = { pin: 'card-pin', code: 'set-pin', adminPin: 'admin-pin' } as const satisfies Readonly<Record<AskedSecret, string>>;
