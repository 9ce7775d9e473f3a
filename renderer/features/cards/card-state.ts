import type { CertificateSummary } from '../../../main/contract/certificates.ts';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { formatDay, formatDistance, type Instant } from '../../i18n/dates.ts';
import type { MessageKey } from '../../i18n/translate.ts';
import { standingAt } from '../../ui/standing.ts';
import { signingOn } from './opening-key.ts';
import type { State } from '../../ui/status.ts';

/** What the one button of a card does. */
export type CardNext = 'enrol' | 'enrol-new' | 'renew' | 'finish' | 'settle' | 'unblock' | 'give-pin' | 'take-back' | 'nothing';

/** The one thing a card has to say. `title` may hold a place for the owner's name. */
export interface CardState {
  readonly state: State;
  readonly title: MessageKey;
  readonly text: MessageKey;
  readonly values: Readonly<Record<string, string>>;
  readonly next: CardNext;
}

type Words =
  | 'lost'
  | 'unfinished'
  | 'owed'
  | 'dead'
  | 'locked'
  | 'not-set'
  | 'empty'
  | 'authority'
  | 'cannot'
  | 'revoked'
  | 'ended'
  | 'soon'
  | 'count-low'
  | 'final-try'
  | 'fine';

const told = (state: State, words: Words, next: CardNext, values: CardState['values'] = {}): CardState => ({
  state,
  title: `card-state.${words}`,
  text: `card-state.${words}-text`,
  values,
  next,
});

/** The certificate that says how the card stands: the one in use, else the newest. */
export const mainCertificate = (certificates: readonly CertificateSummary[]): CertificateSummary | undefined =>
  certificates.find(({ isCurrent, status }) => isCurrent && status !== 'revoked') ??
  certificates.toSorted((a, b) => b.notBefore.localeCompare(a.notBefore))[0];

type Considered = Pick<
  TokenSummary,
  'lostAt' | 'pin' | 'unlockCode' | 'unfinished' | 'isEnrolmentBegun' | 'algorithms' | 'certificates' | 'authorities'
>;

/** Says how it stands with a card and what to do next: first what bars everything else, then what is on it, then its PIN. */
export function cardState(card: Considered, now: Instant): CardState {
  if (card.lostAt !== null) return told('stopped', 'lost', 'take-back', { day: formatDay(card.lostAt, now) });
  const isOpenable = card.unlockCode !== 'locked';
  if (card.pin === 'locked') return isOpenable ? told('stopped', 'locked', 'unblock') : told('stopped', 'dead', 'nothing');
  if (card.pin === 'not-set') return told('waiting', 'not-set', isOpenable ? 'give-pin' : 'nothing');
  if (card.unfinished) return card.isEnrolmentBegun ? told('soon', 'unfinished', 'finish') : told('soon', 'owed', 'settle');
  const certificate = mainCertificate(signingOn(card.certificates));
  if (certificate === undefined) {
    const [authority] = card.authorities;
    if (authority !== undefined) return told('fine', 'authority', 'nothing', { authority });
    return card.algorithms.length === 0 ? told('unknown', 'cannot', 'nothing') : told('waiting', 'empty', 'enrol');
  }
  return stateWith(certificate, card, now);
}

function stateWith({ status, notAfter }: CertificateSummary, { pin }: Considered, now: Instant): CardState {
  if (status === 'revoked') return told('stopped', 'revoked', 'enrol-new');
  const standing = standingAt(notAfter, now);
  if (standing === 'stopped') return told('stopped', 'ended', 'renew');
  if (standing === 'soon') return told('soon', 'soon', 'renew', { when: formatDistance(notAfter, now) });
  if (pin === 'final-try') return told('soon', 'final-try', 'nothing');
  if (pin === 'count-low') return told('soon', 'count-low', 'nothing');
  return told('fine', 'fine', 'nothing', { day: formatDay(notAfter, now) });
}

/** Whether a card signs with it, and for so long that no other one is due: the core refuses a second one meanwhile. */
export const keepsSigning = (
  {
    keyStore,
    purpose,
    isCurrent,
    status,
    notAfter,
  }: Pick<CertificateSummary, 'keyStore' | 'purpose' | 'isCurrent' | 'status' | 'notAfter'>,
  now: Instant,
): boolean => keyStore === 'token' && purpose === 'sign' && isCurrent && status !== 'revoked' && standingAt(notAfter, now) === 'fine';
