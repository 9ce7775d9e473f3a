import type { FileContent } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import { signatureAlgorithmOf, type AuthorityAlgorithm } from '../domain/key/algorithm.ts';
import { authorityName } from '../domain/profile/compose-authority.ts';
import { encodeRequest, encodeRequestInfo } from '../domain/x509/encode-request.ts';
import { basicConstraintsExtension, keyUsageExtension } from '../domain/x509/extension.ts';
import { parsePublishUrl } from '../domain/x509/publication.ts';
import type { ReadStores } from '../ports/database.ts';
import type { KeyPair, KeyPairs } from '../ports/key-pairs.ts';
import type { Random } from '../ports/random.ts';
import type { AuthorityRequestRecord } from '../ports/stores/authorities.ts';
import type { Vault } from '../ports/vault.ts';
import { requireFreeName, usualUrl } from './authority-create.ts';
import { textStem } from './file-stem.ts';
import { clearAuthorityKey } from './authority-key-intents.ts';
import type { Commit } from './handler.ts';
import { pemRequestFile } from './outside-request.ts';
import { readPractice } from './practice.ts';
import { createSealingKeyFor } from './sealing-keys.ts';
import { destroyUnusedKey } from './unused-key.ts';

export interface AuthorityRequestParts {
  readonly read: () => ReadStores;
  readonly keyPairs: KeyPairs;
  readonly random: Random;
  readonly vault: Vault;
  /** Lower-case hex. */
  readonly sha256Hex: (octets: Uint8Array) => string;
}

export interface AuthorityRequestOrder {
  readonly name: string;
  readonly algorithm: AuthorityAlgorithm;
  readonly publishUrl?: string | undefined;
}

/**
 * Makes an authority's key and the request that is carried to the key above it, which is elsewhere.
 * @throws AppError input.name-taken; input.invalid for the address
 */
export async function requestAuthority(
  parts: AuthorityRequestParts,
  order: AuthorityRequestOrder,
): Promise<Commit<{ readonly file: FileContent; readonly request: string }>> {
  const stores = parts.read();
  const publishUrl = await checkRequest(stores, order);
  const sealing = await createSealingKeyFor(stores, parts.vault, 'authority');
  const [id, keyId] = [parts.random.uuid(), parts.random.uuid()];
  const pair = await parts.keyPairs.generate(order.algorithm);
  try {
    const der = await signRequest(parts, pair, order);
    const sealed = parts.vault.seal({ keyId, pkcs8: pair.pkcs8, under: [sealing.open] });
    const spkiSha256 = parts.sha256Hex(pair.subjectPublicKeyInfo);
    return async (written, { time }) => {
      const { name, algorithm } = order;
      const facts = { usage: 'authority', state: 'preActive', store: 'vault', personId: null } as const;
      await requireFreeName(written, name);
      await written.keys.insert([{ ...facts, id: keyId, algorithm, spkiSha256, createdAt: time }]);
      await written.vault.insertSealingKeys([sealing.record]);
      await written.vault.insertSealedKeys([sealed]);
      await written.authorities.insertRequest({ id, name, algorithm, keyId, publishUrl, createdAt: time, der });
      return { value: { file: authorityRequestPem(name, der), request: id }, subject: { request: id, key: keyId } };
    };
  } finally {
    pair.pkcs8.fill(0);
  }
}

/** Where it is to publish, once its name is known to be free. @throws AppError input.name-taken; input.invalid for the address */
export async function checkRequest(stores: ReadStores, { name, publishUrl }: AuthorityRequestOrder): Promise<string | null> {
  await requireFreeName(stores, name);
  return publishUrl === undefined ? ((await usualUrl(stores)) ?? null) : parsePublishUrl(publishUrl);
}

/** What such a request asks for, before it is signed. */
export async function authorityRequestInfo(stores: ReadStores, name: string, subjectPublicKeyInfo: Uint8Array): Promise<Uint8Array> {
  return encodeRequestInfo({
    subject: authorityName((await readPractice(stores)).name, name),
    subjectPublicKeyInfo,
    extensions: [basicConstraintsExtension({ cA: true }), keyUsageExtension(['keyCertSign', 'cRLSign'])],
  });
}

async function signRequest(parts: AuthorityRequestParts, pair: KeyPair, { name, algorithm }: AuthorityRequestOrder): Promise<Uint8Array> {
  const info = await authorityRequestInfo(parts.read(), name, pair.subjectPublicKeyInfo);
  const signature = parts.keyPairs.signer(pair.pkcs8, algorithm)(info);
  return encodeRequest(info, signatureAlgorithmOf(algorithm).algorithmIdentifier, signature);
}

export const authorityRequestPem = (name: string, der: Uint8Array): FileContent =>
  pemRequestFile(`${textStem(name) || 'authority'}.csr`, der);

/** The file of a request that waits, once more. @throws AppError not-found, also for one made before requests were kept */
export async function authorityRequestFile(stores: ReadStores, id: string): Promise<FileContent> {
  const { name, der } = await findAuthorityRequest(stores, id);
  if (der === null) throw new AppError('not-found', 'The file of this request was not kept.', { what: 'request-file', id });
  return authorityRequestPem(name, der);
}

/** Gives a request up: its key is destroyed, one on a token when that is next looked through with its PIN. @throws AppError not-found; stale when its answer came meanwhile */
export async function withdrawAuthorityRequest(stores: ReadStores, id: string): Promise<Commit<{ readonly request: string }>> {
  const { keyId, name } = await findAuthorityRequest(stores, id);
  return async (written, { time }) => {
    await written.authorities.removeRequest(id);
    await destroyUnusedKey(written, keyId, time);
    const [place] = await written.tokens.placesOf([keyId]);
    if (place !== undefined) await clearAuthorityKey(written, { ...place, called: name, begunAt: time });
    return { value: { request: id }, subject: { request: id, key: keyId } };
  };
}

async function findAuthorityRequest(stores: ReadStores, id: string): Promise<AuthorityRequestRecord> {
  const request = (await stores.authorities.requests()).find((one) => one.id === id);
  if (request === undefined) throw new AppError('not-found', 'There is no such request.', { what: 'request', id });
  return request;
}
