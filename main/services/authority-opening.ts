import { AppError } from '../domain/errors.ts';
import { challengeRandomOctets, isProven, proofChallenge } from '../domain/token/key-proof.ts';
import { requireUsablePin } from '../domain/token/pin-status.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { Random } from '../ports/random.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { TokenKeyRecord } from '../ports/stores/tokens.ts';
import type { FoundToken, TokenSigner, Tokens } from '../ports/tokens.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import type { Commit } from './handler.ts';
import { authorityCertificate, findAuthority, type IssuerParts } from './issuers.ts';
import { ckaIdOf } from './token-intents.ts';
import { pickToken } from './token-list.ts';
import { requireNotLost } from './token-loss.ts';

export interface AuthorityOpeningParts extends IssuerParts {
  readonly tokens: Tokens;
  readonly random: Random;
  readonly primitives: Primitives;
}

export interface AuthorityOpening {
  readonly authority: string;
  /** UTF-8; the caller's to wipe. */
  readonly pin: Uint8Array;
  readonly finalTry: boolean;
}

interface Opened {
  readonly authority: string;
  readonly name: string;
  readonly token: string;
}

/**
 * Opens an authority's key on its token for this session: one try of the PIN, and a signature that shows that it is the key of the
 * authority's certificate. @throws AppError not-found; conflict for a key that is on no token; token.*, token.device-failed for another key
 */
export async function openAuthorityKey(
  parts: AuthorityOpeningParts,
  operator: UnlockedOperator,
  { authority: id, pin, finalTry }: AuthorityOpening,
): Promise<Commit<Opened>> {
  const authority = await findAuthority(parts.read(), id);
  const place = await placeOf(parts.read(), authority);
  const token = pickToken(await parts.tokens.survey(), place.serialNumber);
  const certificate = readCertificate(await authorityCertificate(parts.read(), authority));
  const signer = await openCertified(parts, { token, place, pin, finalTry }, { algorithm: authority.algorithm, certificate });
  const opened = { authority: id, name: authority.name, token: token.serialNumber };
  const commit: Commit<Opened> = async () => ({
    value: opened,
    subject: { token: opened.token },
    afterwards: () => parts.openAuthorities.keep(operator, id, token, signer),
    pushes: [{ name: 'tokens.changed', payload: { tokens: [opened.token] } }],
  });
  return Object.assign(commit, { takeBack: () => signer.close() });
}

interface KeyOnToken {
  readonly token: FoundToken;
  readonly place: Pick<TokenKeyRecord, 'ckaId'>;
  readonly pin: Uint8Array;
  readonly finalTry: boolean;
}

/**
 * Opens a key by one try of the PIN, which shows that it is that of its certificate. It stays open once `act` is done.
 * @throws AppError token.lost, token.*, token.device-failed for another key; what `act` throws
 */
export async function openCertified(
  parts: CertifiedKeyParts,
  { token, place, pin, finalTry }: KeyOnToken,
  certified: Certified,
  act: () => Promise<void> = async () => undefined,
): Promise<TokenSigner> {
  await requireNotLost(parts.read(), token.serialNumber);
  requireUsablePin(token.pin, finalTry);
  const signer = await parts.tokens.openSigner(token, pin, { ckaId: ckaIdOf(place), algorithm: certified.algorithm });
  try {
    await requireItsKey(parts, certified, signer);
    await act();
  } catch (error) {
    signer.close();
    throw error;
  }
  return signer;
}

type CertifiedKeyParts = Pick<AuthorityOpeningParts, 'read' | 'tokens' | 'random' | 'primitives'>;

interface Certified {
  readonly algorithm: AuthorityRecord['algorithm'];
  readonly certificate: Certificate;
}

/** A signature over something new shows it. @throws AppError token.device-failed for another key */
async function requireItsKey(
  parts: CertifiedKeyParts,
  { algorithm, certificate: { subjectPublicKeyInfo } }: Certified,
  signer: TokenSigner,
): Promise<void> {
  const challenge = proofChallenge(parts.random.bytes(challengeRandomOctets));
  const key = { algorithm, subjectPublicKeyInfo: subjectPublicKeyInfo.der };
  if (!isProven(parts.primitives, key, challenge, await signer.sign(challenge)))
    throw new AppError('token.device-failed', "The key on the token is not that of the authority's certificate.", { what: 'proof' });
}

/** Where an authority's key is. @throws AppError conflict for one that is on no token */
async function placeOf(stores: ReadStores, { keyId, name, id }: AuthorityRecord): Promise<TokenKeyRecord> {
  const [place] = await stores.tokens.placesOf([keyId]);
  if (place === undefined) throw new AppError('conflict', `The key of ${name} is on no token.`, { what: 'authority-key', id });
  return place;
}

/** Logs out. @throws AppError conflict where it was not open */
export async function closeAuthorityKey(parts: IssuerParts, operator: UnlockedOperator, id: string): Promise<Commit<Opened>> {
  const authority = await findAuthority(parts.read(), id);
  const { serialNumber } = await placeOf(parts.read(), authority);
  if (!parts.openAuthorities.close(operator, id))
    throw new AppError('conflict', `The key of ${authority.name} is not open.`, { what: 'authority-key', id });
  return async () => ({
    value: { authority: id, name: authority.name, token: serialNumber },
    subject: { token: serialNumber },
    pushes: [{ name: 'tokens.changed', payload: { tokens: [serialNumber] } }],
  });
}
