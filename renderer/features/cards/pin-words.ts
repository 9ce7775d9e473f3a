import type { TokenSummary } from '../../../main/contract/tokens.ts';
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
