import type { TokenGenerated } from '../contract/tokens.ts';
import { AppError } from '../domain/errors.ts';
import { parseKeyAlgorithm, signatureAlgorithmOf } from '../domain/key/algorithm.ts';
import { requireSoundKey } from '../domain/request/request-key.ts';
import { chooseKeys, type KeyChoice } from '../domain/token/key-choice.ts';
import { refuseFactoryPin } from '../domain/token/new-pin.ts';
import { requireUsablePin } from '../domain/token/pin-status.ts';
import { encodeRequest } from '../domain/x509/encode-request.ts';
import { readCertificationRequest } from '../domain/x509/read-request.ts';
import type { Stores } from '../ports/database.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import type { TokenIntentRecord } from '../ports/stores/tokens.ts';
import type { FoundToken } from '../ports/tokens.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { findActivePerson } from './find-person.ts';
import type { Commit } from './handler.ts';
import { keepAttestation, type AttestedTokenKey } from './key-attestation.ts';
import { mailRequestInfo, requestFile, subjectText, whoseRequest, type Asked } from './outside-request.ts';
import { readPractice } from './practice.ts';
import { undoneOnFailure, type TokenEnrollmentParts } from './token-enrollment.ts';
import { beginIntent, ckaIdOf, settleToken, type AtToken } from './token-intents.ts';
import { makeTokenKey } from './token-issuance.ts';
import { chooseKeyId } from './token-places.ts';
import { withKeysLogin } from './token-secrets.ts';
import { secureBefore } from './token-securing.ts';

export interface TokenGenerationParts extends TokenEnrollmentParts {
  /** Lower-case hex. */
  readonly sha256Hex: (octets: Uint8Array) => string;
}

export interface TokenGenerationOrder {
  readonly person: string;
  readonly token: FoundToken;
  readonly finalTry: boolean;
  readonly algorithm?: string | undefined;
  readonly subject?: string | undefined;
  readonly emails: readonly string[];
}

interface Generation {
  readonly person: PersonRow;
  readonly asked: Asked;
  readonly token: FoundToken;
  readonly keys: KeyChoice;
}

/**
 * Makes a signing key for one person on a token, without a certificate: the key signs the request for one, which proves that the token
 * holds it and is kept open until an authority outside has answered. What fails half-way is taken off the token again.
 * @throws AppError not-found, conflict for the person; input.invalid for the subject or a mailbox; token.*
 */
export async function generateOnToken(
  parts: TokenGenerationParts,
  operator: UnlockedOperator,
  order: TokenGenerationOrder,
  at: AtToken,
): Promise<Commit<TokenGenerated>> {
  const prepared = await prepare(parts, order);
  const { token } = prepared;
  requireUsablePin(token.pin, order.finalTry);
  refuseFactoryPin(at.pin);
  await parts.tokens.checkPin(token, at.pin);
  await secureBefore(parts, operator, token, at);
  return withKeysLogin(parts, operator, token, at, async (by) => settleAndGenerate(parts, prepared, by));
}

async function settleAndGenerate(parts: TokenGenerationParts, prepared: Generation, at: AtToken): Promise<Commit<TokenGenerated>> {
  await settleToken(parts, prepared.token.serialNumber, at);
  const intent = await beginGeneration(parts, prepared, at);
  const made = await undoneOnFailure(parts, intent, at, async () => {
    const key = await makeTokenKey(parts, prepared, intent, at);
    return { key, der: await signRequest(parts, prepared, { intent, key, pin: at.pin }) };
  });
  return recordGenerated(parts, prepared, { ...made, intent });
}

async function prepare(parts: TokenGenerationParts, { person, token, ...order }: TokenGenerationOrder): Promise<Generation> {
  const stores = parts.read();
  const asked = order.algorithm === undefined ? undefined : parseKeyAlgorithm(order.algorithm);
  return {
    person: await findActivePerson(stores, person),
    asked: await whoseRequest(stores, { ...order, person }),
    token,
    keys: chooseKeys(asked, (await readPractice(stores)).subjectAlgorithm, token.algorithms),
  };
}

async function beginGeneration(parts: TokenGenerationParts, { person, token }: Generation, at: AtToken): Promise<TokenIntentRecord> {
  const { module, serialNumber } = token;
  const [id, keyId] = [parts.random.uuid(), parts.random.uuid()];
  const ckaId = await chooseKeyId(parts, token, 'sign');
  const subject = { person: person.id, token: serialNumber, key: keyId };
  const begun = { id, personId: person.id, certificateId: '', module, serialNumber, keyId, ckaId };
  return beginIntent(parts, begun, { action: 'token.begin', subject }, at);
}

interface Made {
  readonly intent: TokenIntentRecord;
  readonly key: AttestedTokenKey;
}

/** @throws AppError token.device-failed when what the token has signed does not hold */
async function signRequest(
  { tokens, primitives }: TokenGenerationParts,
  { asked, keys, token }: Generation,
  { intent, key, pin }: Made & { readonly pin: Uint8Array },
): Promise<Uint8Array> {
  const info = mailRequestInfo(key, { ...asked, usages: ['digitalSignature'] });
  const signature = await tokens.sign(token, pin, { ckaId: ckaIdOf(intent), algorithm: keys.signing, data: info });
  const der = encodeRequest(info, signatureAlgorithmOf(keys.signing).algorithmIdentifier, signature);
  try {
    requireSoundKey(readCertificationRequest(der), (...signed) => primitives.verify(...signed));
  } catch (cause) {
    throw new AppError('token.device-failed', 'The token has signed a request that does not hold.', { what: 'request' }, { cause });
  }
  return der;
}

function recordGenerated(
  parts: TokenGenerationParts,
  { person, asked, token, keys }: Generation,
  { intent, key, der }: Made & { readonly der: Uint8Array },
): Commit<TokenGenerated> {
  const { keyId } = intent;
  const [request, subject, emails] = [parts.random.uuid(), subjectText(asked.subject), asked.emails];
  const facts = { usage: 'sign', state: 'preActive', store: 'token', personId: person.id } as const;
  return async (stores, { time, auditIndex }) => {
    const spkiSha256 = parts.sha256Hex(key.subjectPublicKeyInfo);
    await stores.keys.insert([{ ...facts, id: keyId, algorithm: keys.signing, spkiSha256, createdAt: time }]);
    await recordPlace(stores, intent, time);
    await keepAttestation(stores, keyId, key, time);
    const record = { id: request, keyId, personId: person.id, subject, emails, purpose: 'sign', der, createdAt: time } as const;
    await stores.outsideRequests.insert({ ...record, certificateId: null });
    return {
      value: { request, key: keyId, subject, emails, file: requestFile(der, 'pem'), token: token.serialNumber, auditIndex },
      subject: { person: person.id, token: token.serialNumber, key: keyId, request, attestation: key.attested },
      pushes: [
        { name: 'tokens.changed', payload: { tokens: [token.serialNumber] } },
        { name: 'people.changed', payload: { people: [person.id] } },
      ],
    };
  };
}

async function recordPlace(stores: Stores, { id, keyId, module, serialNumber, ckaId }: TokenIntentRecord, time: string): Promise<void> {
  await stores.tokens.insertKey({ keyId, module, serialNumber, ckaId });
  await stores.tokens.moveIntent(id, 'begun', 'finished', time);
}
