import type { NewAuthorityResult } from '../contract/authorities.ts';
import { unsignedInteger } from '../domain/asn1/der-writer.ts';
import { hexDecode } from '../domain/encoding/hex.ts';
import { AppError } from '../domain/errors.ts';
import { refuseFactoryPin } from '../domain/token/new-pin.ts';
import { requireUsablePin } from '../domain/token/pin-status.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
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
import type { Commit } from './handler.ts';
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
  const token = await findToken(parts, input);
  refuseFactoryPin(at.pin);
  await parts.tokens.checkPin(token, at.pin);
  await secureBefore(parts, operator, token, at);
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

/** @throws AppError token.absent, token.lost, token.pin-locked, token.pin-final-try, token.mechanism-unsupported */
async function findToken(
  parts: AuthorityOnTokenParts,
  { token: text, finalTry, algorithm }: AuthorityCreation & OnToken,
): Promise<FoundToken> {
  const token = pickToken(await parts.tokens.survey(), text);
  await requireNotLost(parts.read(), token.serialNumber);
  requireUsablePin(token.pin, finalTry);
  if (!token.algorithms.includes(algorithm))
    throw new AppError('token.mechanism-unsupported', 'This token makes no such key.', { algorithm });
  return token;
}

interface MadeThere {
  readonly intent: AuthorityKeyIntent;
  readonly key: Awaited<ReturnType<typeof makeTokenKey>>;
  readonly signer: TokenSigner;
  readonly authority: NewAuthority;
}

/** Key, certificate, and the certificate beside the key; all of it or nothing. */
async function makeThere(
  parts: AuthorityOnTokenParts,
  order: Omit<NewAuthorityOrder, 'key'>,
  token: FoundToken,
  at: AtToken,
): Promise<MadeThere> {
  const { module, serialNumber } = token;
  await abandonAuthorityKeys(parts, serialNumber, at);
  const intent = { keyId: parts.random.uuid(), module, serialNumber, ckaId: await chooseKeyId(parts, token, 'sign') };
  const { commonName, algorithm } = order;
  await beginAuthorityKey(parts, intent, commonName, at);
  let signer: TokenSigner | undefined;
  try {
    const key = await makeTokenKey(parts, { person: { name: commonName }, token, keys: { signing: algorithm } }, intent, at);
    signer = await parts.tokens.openSigner(token, at.pin, { ckaId: ckaIdOf(intent), algorithm });
    const { subjectPublicKeyInfo } = key;
    const own = { subjectPublicKeyInfo, sign: parts.openAuthorities.signing(signer) };
    const made = await createAuthority(parts, { ...order, key: own }, parts.clock.now());
    await parts.tokens.writeCertificate(token, at, certificateFor(intent, made));
    return { intent, key, signer, authority: { ...made, keyId: intent.keyId } };
  } catch (error) {
    signer?.close();
    if (!isAboutPin(error)) await abandonAuthorityKey(parts, intent, at).catch(() => undefined);
    throw error;
  }
}

const isAboutPin = (error: unknown): boolean => error instanceof AppError && error.code.startsWith('token.pin-');

function certificateFor(intent: AuthorityKeyIntent, { certificate, name }: NewAuthority): TokenCertificate {
  const { subject, issuer, serialNumber } = readCertificate(certificate);
  return {
    ckaId: ckaIdOf(intent),
    label: name,
    der: certificate,
    subject: subject.der,
    issuer: issuer.der,
    serialNumber: unsignedInteger(hexDecode(serialNumber) ?? new Uint8Array()),
  };
}
