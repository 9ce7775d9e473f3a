import type { CertificateSummary } from '../../../main/contract/certificates.ts';
import type { TokenSummary } from '../../../main/contract/tokens.ts';

type Considered = Pick<CertificateSummary, 'purpose' | 'isCurrent' | 'status' | 'keyStore'>;

const opens = ({ purpose, isCurrent, status }: Considered): boolean => purpose === 'encrypt' && isCurrent && status !== 'revoked';

/** The certificate in use whose key opens mail and is in the vault. */
export const openingInVault = <C extends Considered>(certificates: readonly C[]): C | undefined =>
  certificates.find((certificate) => opens(certificate) && certificate.keyStore === 'vault');

/** Whether the key that opens its owner's mail can be put on a card: it has an owner, an open PIN, and not that key yet. */
export const takesOpeningKey = ({
  personId,
  pin,
  lostAt,
  unfinished,
  certificates,
  abilities,
}: Pick<TokenSummary, 'personId' | 'pin' | 'lostAt' | 'unfinished' | 'certificates' | 'abilities'>): boolean =>
  abilities.takesKeys &&
  personId !== null &&
  lostAt === null &&
  !unfinished &&
  pin !== 'locked' &&
  pin !== 'not-set' &&
  !certificates.some(opens);

/** What of a card's certificates signs: how long the card works is said by these. */
export const signingOn = <C extends Pick<CertificateSummary, 'purpose'>>(certificates: readonly C[]): readonly C[] =>
  certificates.filter(({ purpose }) => purpose !== 'encrypt');
