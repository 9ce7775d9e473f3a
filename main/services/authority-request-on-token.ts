import type { FileContent } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import { signatureAlgorithmOf } from '../domain/key/algorithm.ts';
import { requireSoundKey } from '../domain/request/request-key.ts';
import { encodeRequest } from '../domain/x509/encode-request.ts';
import type { Certificate } from '../domain/x509/read-certificate.ts';
import { readCertificationRequest } from '../domain/x509/read-request.ts';
import type { AuthoritySign } from '../ports/key-pairs.ts';
import type { AuthorityRequestRecord } from '../ports/stores/authorities.ts';
import type { TokenKeyRecord } from '../ports/stores/tokens.ts';
import type { FoundToken } from '../ports/tokens.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { requireFreeName } from './authority-create.ts';
import { finishAuthorityKey } from './authority-key-intents.ts';
import { besideKey, tokenForKey, withNewKey, type AuthorityOnTokenParts, type BegunKey, type OnToken } from './authority-on-token.ts';
import { openCertified } from './authority-opening.ts';
import { authorityRequestInfo, authorityRequestPem, checkRequest, type AuthorityRequestOrder } from './authority-request.ts';
import type { Commit } from './handler.ts';
import { keepAttestation } from './key-attestation.ts';
import { ckaIdOf, type AtToken } from './token-intents.ts';
import { pickToken } from './token-list.ts';
import { withKeysLogin } from './token-secrets.ts';

/**
 * As `requestAuthority`, with a key that is made on a token and never leaves it: there it signs the request, and waits for the certificate.
 * @throws AppError as `requestAuthority`; token.*
 */
export async function requestAuthorityOnToken(
  parts: AuthorityOnTokenParts,
  operator: UnlockedOperator,
  order: AuthorityRequestOrder & OnToken,
  at: AtToken,
): Promise<Commit<{ readonly file: FileContent; readonly request: string }>> {
  const { name, algorithm } = order;
  const publishUrl = await checkRequest(parts.read(), order);
  const token = await tokenForKey(parts, operator, order, at);
  const { intent, key, der } = await withKeysLogin(parts, operator, token, at, (by) =>
    withNewKey(parts, token, { commonName: name, algorithm }, by, async (begun) => ({
      ...begun,
      der: await signRequest(parts, token, order, begun, by.pin),
    })),
  );
  const [id, { keyId, module, serialNumber, ckaId }] = [parts.random.uuid(), intent];
  return async (written, { time }) => {
    await requireFreeName(written, name);
    const spkiSha256 = parts.sha256Hex(key.subjectPublicKeyInfo);
    const facts = { usage: 'authority', state: 'preActive', store: 'token', personId: null } as const;
    await written.keys.insert([{ ...facts, id: keyId, algorithm, spkiSha256, createdAt: time }]);
    await written.tokens.insertKey({ keyId, module, serialNumber, ckaId });
    await keepAttestation(written, keyId, key, time);
    await finishAuthorityKey(written, keyId);
    await written.authorities.insertRequest({ id, name, algorithm, keyId, publishUrl, createdAt: time, der });
    return {
      value: { file: authorityRequestPem(name, der), request: id },
      subject: { request: id, key: keyId, token: serialNumber, attestation: key.attested },
      pushes: [{ name: 'tokens.changed', payload: { tokens: [serialNumber] } }],
    };
  };
}

/** @throws AppError token.device-failed when what the token has signed does not hold */
async function signRequest(
  { read, tokens, primitives }: AuthorityOnTokenParts,
  token: FoundToken,
  { name, algorithm }: AuthorityRequestOrder,
  { intent, key }: BegunKey,
  pin: Uint8Array,
): Promise<Uint8Array> {
  const data = await authorityRequestInfo(read(), name, key.subjectPublicKeyInfo);
  const signature = await tokens.sign(token, pin, { ckaId: ckaIdOf(intent), algorithm, data });
  const der = encodeRequest(data, signatureAlgorithmOf(algorithm).algorithmIdentifier, signature);
  try {
    requireSoundKey(readCertificationRequest(der), (...signed) => primitives.verify(...signed));
  } catch (cause) {
    throw new AppError('token.device-failed', 'The token has signed a request that does not hold.', { what: 'request' }, { cause });
  }
  return der;
}

/** An authority's key that waited for its certificate, open to sign its first list. */
export interface RequestedKey {
  readonly sign: AuthoritySign;
  /** Where it is on a token. */
  readonly onToken?: {
    readonly serialNumber: string;
    /** It stays open for the session, under the authority's id. */
    keep(authorityId: string): void;
    close(): void;
  };
}

interface Waiting {
  readonly request: AuthorityRequestRecord;
  readonly certificate: Certificate;
}

/**
 * Opens it where it is. On a token that takes its PIN once; it proves that it is the key of the certificate, which is put beside it.
 * @throws AppError token.login-required for a key on a token without its PIN; conflict for a key that is not where it is said to be; token.*
 */
export async function openRequestedKey(
  parts: AuthorityOnTokenParts,
  operator: UnlockedOperator,
  waiting: Waiting,
  at: (OnToken & AtToken) | undefined,
): Promise<RequestedKey> {
  const { keyId, name, algorithm } = waiting.request;
  const [place] = await parts.read().tokens.placesOf([keyId]);
  if (place === undefined && at === undefined)
    return { sign: await parts.keyAccess.withPrivateKey(operator, keyId, 'authority', (pkcs8) => parts.keyPairs.signer(pkcs8, algorithm)) };
  if (place === undefined) throw new AppError('conflict', `The key of ${name} is on no token.`, { what: 'authority-key' });
  if (at === undefined)
    throw new AppError('token.login-required', `The key of ${name} is on a token, which wants its PIN first.`, {
      token: place.serialNumber,
    });
  return openOnToken(parts, operator, waiting, place, at);
}

async function openOnToken(
  parts: AuthorityOnTokenParts,
  operator: UnlockedOperator,
  { request: { name, algorithm }, certificate }: Waiting,
  place: TokenKeyRecord,
  at: OnToken & AtToken,
): Promise<RequestedKey> {
  const token = pickToken(await parts.tokens.survey(), at.token);
  if (token.serialNumber !== place.serialNumber)
    throw new AppError('conflict', `The key of ${name} is on another token.`, { what: 'authority-key', token: place.serialNumber });
  const signer = await openCertified(parts, { ...at, token, place }, { algorithm, certificate }, () =>
    withKeysLogin(parts, operator, token, at, (by) => parts.tokens.writeCertificate(token, by, besideKey(place, name, certificate.der))),
  );
  const keep = (authorityId: string): void => parts.openAuthorities.keep(operator, authorityId, token, signer);
  return {
    sign: parts.openAuthorities.signing(signer),
    onToken: { serialNumber: token.serialNumber, keep, close: () => signer.close() },
  };
}
