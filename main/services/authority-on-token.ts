import type { NewAuthorityResult } from '../contract/authorities.ts';
import type { Secret } from '../contract/secret.ts';
import { unsignedInteger } from '../domain/asn1/der-writer.ts';
import { hexDecode } from '../domain/encoding/hex.ts';
import { AppError } from '../domain/errors.ts';
import { refuseFactoryPin } from '../domain/token/new-pin.ts';
import { requireUsablePin } from '../domain/token/pin-status.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { TokenKeyRecord } from '../ports/stores/tokens.ts';
import type { TokenCertificate, FoundToken, TokenSigner } from '../ports/tokens.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import {
  abandonAuthorityKey,
  abandonAuthorityKeys,
  beginAuthorityKey,
  finishAuthorityKey,
  type AuthorityKeyIntent,
} from './authority-key-intents.ts';
import { openSigningAuthority, readOrder, recordMade, type AuthorityCreation, type AuthorityCreationParts } from './authority-create.ts';
import type { Commit, SessionContext } from './handler.ts';
import type { AttestedTokenKey } from './key-attestation.ts';
import { createAuthority, type NewAuthority, type NewAuthorityOrder } from './new-authority.ts';
import { readPractice } from './practice.ts';
import { ckaIdOf, type AtToken } from './token-intents.ts';
import { makeTokenKey, type TokenKeyParts } from './token-issuance.ts';
import { pickToken } from './token-list.ts';
import { requireNotLost } from './token-loss.ts';
import { chooseKeyId } from './token-places.ts';
import { withKeysLogin } from './token-secrets.ts';
import { secureBefore, type SecuringParts } from './token-securing.ts';

export type AuthorityOnTokenParts = AuthorityCreationParts & TokenKeyParts & SecuringParts;

export interface OnToken {
  readonly token: string;
  readonly finalTry: boolean;
}

interface GivenToken extends OnToken {
  readonly pin: Secret;
  readonly managementKey?: Secret | undefined;
}

/** Which token, its PIN, and who gave it. */
export const atAuthorityToken = (
  { token, finalTry, pin, managementKey }: GivenToken,
  { session, caller }: SessionContext,
): OnToken & AtToken => ({
  token,
  finalTry,
  pin: pin.reveal(),
  operator: session.operator.id,
  host: caller.host,
  ...(managementKey === undefined ? {} : { managementKey: managementKey.reveal() }),
});

/**
 * As `makeAuthority`, with a key that is made on a token and never leaves it. It stays open for this session. What fails before the
 * authority is recorded is taken off the token again, at the latest when something is made on it the next time.
 * @throws AppError as `makeAuthority`; token.*, among them token.mechanism-unsupported where the token makes no such key
 */
export async function makeAuthorityOnToken(
  parts: AuthorityOnTokenParts,
  operator: UnlockedOperator,
  input: AuthorityCreation & OnToken,
  at: AtToken,
): Promise<Commit<NewAuthorityResult>> {
  const stores = parts.read();
  const checked = await readOrder(parts, stores, input);
  const parent = checked.parent && (await openSigningAuthority(parts, operator, checked.parent));
  const token = await tokenForKey(parts, operator, input, at);
  const { name: practiceName } = await readPractice(stores);
  const made = await withKeysLogin(parts, operator, token, at, async (by) =>
    makeThere(parts, { ...checked, practiceName, parent }, token, by),
  );
  const onToken = { place: made.intent, key: made.key };
  const unit = recordMade(parts, { input, order: checked, parent, made: { ...made.authority, onToken }, sealed: null });
  const commit: Commit<NewAuthorityResult> = async (written, point) => {
    const done = await unit(written, point);
    await finishAuthorityKey(written, made.intent.keyId);
    const subject = { ...done.subject, token: token.serialNumber, attestation: made.key.attested };
    return { ...done, subject, afterwards: () => parts.openAuthorities.keep(operator, made.authority.id, made.intent, made.signer) };
  };
  return Object.assign(commit, { takeBack: () => made.signer.close() });
}

/**
 * The token an authority's key is to be made on, with the PIN that is known to be right.
 * @throws AppError token.absent, token.lost, token.pin-locked, token.pin-final-try, token.pin-incorrect, token.mechanism-unsupported
 */
export async function tokenForKey(
  parts: AuthorityOnTokenParts,
  operator: UnlockedOperator,
  { token: text, finalTry, algorithm }: OnToken & Pick<AuthorityCreation, 'algorithm'>,
  at: AtToken,
): Promise<FoundToken> {
  const token = pickToken(await parts.tokens.survey(), text);
  await requireNotLost(parts.read(), token.serialNumber);
  requireUsablePin(token.pin, finalTry);
  if (!token.algorithms.includes(algorithm))
    throw new AppError('token.mechanism-unsupported', 'This token makes no such key.', { algorithm });
  refuseFactoryPin(at.pin);
  await parts.tokens.checkPin(token, at.pin);
  await secureBefore(parts, operator, token, at);
  return token;
}

/** What is about to be made there, and what was made of it. */
export interface BegunKey {
  readonly intent: Omit<AuthorityKeyIntent, 'begunAt'>;
  readonly key: AttestedTokenKey;
}

/**
 * Makes a key on a token for an authority of this name, and something with it; what fails takes the key off again, and what was left there
 * before goes first. @throws AppError token.*, and what `act` throws
 */
export async function withNewKey<T>(
  parts: AuthorityOnTokenParts,
  token: FoundToken,
  { commonName: called, algorithm }: Pick<NewAuthorityOrder, 'commonName' | 'algorithm'>,
  at: AtToken,
  act: (begun: BegunKey) => Promise<T>,
): Promise<T> {
  const { module, serialNumber } = token;
  await abandonAuthorityKeys(parts, serialNumber, at);
  const intent = { keyId: parts.random.uuid(), module, serialNumber, ckaId: await chooseKeyId(parts, token, 'sign'), called };
  await beginAuthorityKey(parts, intent, at);
  try {
    return await act({
      intent,
      key: await makeTokenKey(parts, { person: { name: called }, token, keys: { signing: algorithm } }, intent, at),
    });
  } catch (error) {
    if (!isAboutPin(error)) await abandonAuthorityKey(parts, intent, at).catch(() => undefined);
    throw error;
  }
}

interface MadeThere extends BegunKey {
  readonly signer: TokenSigner;
  readonly authority: NewAuthority;
}

/** Key, certificate, and the certificate beside the key; all of it or nothing. */
const makeThere = (
  parts: AuthorityOnTokenParts,
  order: Omit<NewAuthorityOrder, 'key'>,
  token: FoundToken,
  at: AtToken,
): Promise<MadeThere> =>
  withNewKey(parts, token, order, at, async ({ intent, key }) => {
    const signer = await parts.tokens.openSigner(token, at.pin, { ckaId: ckaIdOf(intent), algorithm: order.algorithm });
    try {
      const own = { subjectPublicKeyInfo: key.subjectPublicKeyInfo, sign: parts.openAuthorities.signing(signer) };
      const made = await createAuthority(parts, { ...order, key: own }, parts.clock.now());
      await parts.tokens.writeCertificate(token, at, besideKey(intent, made.name, made.certificate));
      return { intent, key, signer, authority: { ...made, keyId: intent.keyId } };
    } catch (error) {
      signer.close();
      throw error;
    }
  });

const isAboutPin = (error: unknown): boolean => error instanceof AppError && error.code.startsWith('token.pin-');

/** An authority's certificate, as it stands beside its key. */
export function besideKey(place: Pick<TokenKeyRecord, 'ckaId'>, label: string, der: Uint8Array): TokenCertificate {
  const { subject, issuer, serialNumber } = readCertificate(der);
  return {
    ckaId: ckaIdOf(place),
    label,
    der,
    subject: subject.der,
    issuer: issuer.der,
    serialNumber: unsignedInteger(hexDecode(serialNumber) ?? new Uint8Array()),
  };
}
