import type { WaitingAuthority } from '../contract/offline.ts';
import { FileContent, type Secret } from '../contract/secret.ts';
import { compareOctets } from '../domain/asn1/der-writer.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import type { PfxPrimitives } from '../domain/pfx/primitives.ts';
import { encodeEncryptedPrivateKey } from '../domain/pkcs8/encrypted-private-key-info.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { ReadStores } from '../ports/database.ts';
import type { KeyPair } from '../ports/key-pairs.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import { acceptAuthority, type AcceptAuthorityParts } from './accept-authority.ts';
import { authorityRequestFile, requestAuthority, withdrawAuthorityRequest, type AuthorityRequestParts } from './authority-request.ts';
import { atAuthorityToken } from './authority-on-token.ts';
import { requestAuthorityOnToken } from './authority-request-on-token.ts';
import { certifyAuthority, type CertifyParts } from './certify-authority.ts';
import { keepChoice } from './authority-choice.ts';
import { filePassword } from './file-password.ts';
import type { AreaHandlers } from './handler.ts';
import { authorityCertificate, findAuthority, findIssuingAuthority, requireKeyInVault } from './issuers.ts';
import { addCarriedList, type CarriedListParts } from './carried-list.ts';
import { createSealingKeyFor } from './sealing-keys.ts';
import type { Turns } from './turns.ts';

export type OfflineParts = CarriedListParts &
  CertifyParts &
  AcceptAuthorityParts &
  AuthorityRequestParts & {
    readonly pfxPrimitives: PfxPrimitives;
    readonly tokenTurns: Turns;
  };

/** An authority's key leaves the vault only after its file was proven to hold it, and comes back only by that file. */
export function createOfflineHandlers(parts: OfflineParts): AreaHandlers<'offline'> {
  return {
    exportKey: async ({ authority: id, password: given }, { session }) => {
      const authority = await findAuthority(parts.read(), id);
      await requireKeyInVault(parts.read(), authority);
      const { octets: password, made } = filePassword(given, parts.random);
      const pem = await parts.keyAccess.withPrivateKey(session.unlocked, authority.keyId, 'authority', (pkcs8) =>
        encodeEncryptedPrivateKey(pkcs8, password, parts.pfxPrimitives),
      );
      const file = new FileContent(`${authority.slug}.key.pem`, utf8Encode(pem));
      return async () => ({ value: { file, password: made } });
    },
    takeOffline: async (input) => {
      const authority = await findAuthority(parts.read(), input.authority);
      await requireKeyInVault(parts.read(), authority);
      (await openCarried(parts, authority, input)).pkcs8.fill(0);
      await requireNotIssuing(parts.read(), authority);
      return async (stores) => {
        await requireNotIssuing(stores, authority);
        await keepChoice(stores);
        await stores.vault.removeSealedKey(authority.keyId);
        await stores.keys.setStore(authority.keyId, 'offline');
        return { value: { authority: authority.id } };
      };
    },
    bringBack: async (input) => bringBack(parts, await findAuthority(parts.read(), input.authority), input),
    request: async ({ onToken, ...order }, context) => {
      if (onToken === undefined) return requestAuthority(parts, order);
      const at = atAuthorityToken(onToken, context);
      return parts.tokenTurns.take(async () => requestAuthorityOnToken(parts, context.session.unlocked, { ...order, ...at }, at));
    },
    requests: async () => ({ requests: await listWaiting(parts.read()) }),
    requestFile: async ({ request }) => ({ file: await authorityRequestFile(parts.read(), request) }),
    withdraw: async ({ request }) => withdrawAuthorityRequest(parts.read(), request),
    certify: async (input, { session }) => certifyAuthority(parts, session.unlocked, input),
    accept: async ({ onToken, ...input }, context) => {
      const { unlocked } = context.session;
      if (onToken === undefined) return acceptAuthority(parts, unlocked, input);
      return parts.tokenTurns.take(async () => acceptAuthority(parts, unlocked, input, atAuthorityToken(onToken, context)));
    },
    addList: async ({ authority, list }) => addCarriedList(parts, await findAuthority(parts.read(), authority), list),
  };
}

interface CarriedKey {
  readonly key: Secret;
  readonly password: Secret;
}

async function listWaiting(stores: ReadStores): Promise<readonly WaitingAuthority[]> {
  const requests = await stores.authorities.requests();
  const places = await stores.tokens.placesOf(requests.map(({ keyId }) => keyId));
  const tokenOf = new Map(places.map(({ keyId, serialNumber }) => [keyId, serialNumber]));
  return requests.map(({ id, name, algorithm, createdAt, keyId }) => ({
    request: id,
    name,
    algorithm,
    createdAt,
    keyToken: tokenOf.get(keyId) ?? null,
  }));
}

async function bringBack(parts: OfflineParts, authority: AuthorityRecord, input: CarriedKey) {
  if ((await parts.read().keys.find(authority.keyId))?.store !== 'offline')
    throw new AppError('conflict', `The key of ${authority.name} is not offline.`, { what: 'key', id: authority.keyId });
  const sealing = await createSealingKeyFor(parts.read(), parts.vault, 'authority');
  const { pkcs8 } = await openCarried(parts, authority, input);
  const sealed = parts.vault.seal({ keyId: authority.keyId, pkcs8, under: [sealing.open] });
  pkcs8.fill(0);
  return async (stores: Parameters<Awaited<ReturnType<AreaHandlers<'offline'>['bringBack']>>>[0]) => {
    await stores.vault.insertSealingKeys([sealing.record]);
    await stores.vault.insertSealedKeys([sealed]);
    await stores.keys.setStore(authority.keyId, 'vault');
    return { value: { authority: authority.id } };
  };
}

/** The pair in a file, which is this authority's; `pkcs8` is the caller's to wipe. @throws AppError input.wrong-password, input.invalid */
async function openCarried(parts: OfflineParts, authority: AuthorityRecord, { key, password }: CarriedKey): Promise<KeyPair> {
  const { subjectPublicKeyInfo } = readCertificate(await authorityCertificate(parts.read(), authority));
  const pair = parts.keyPairs.open(key.reveal(), password.reveal());
  if (compareOctets(pair.subjectPublicKeyInfo, subjectPublicKeyInfo.der) === 0) return pair;
  pair.pkcs8.fill(0);
  throw new AppError('input.invalid', 'The key is not that of the certificate.', { field: 'key', reason: 'mismatch' });
}

async function requireNotIssuing(stores: ReadStores, { id, name }: AuthorityRecord): Promise<void> {
  const hasIssuing = (await stores.authorities.list()).some(({ parentId }) => parentId !== null);
  if (hasIssuing && (await findIssuingAuthority(stores)).id === id)
    throw new AppError('conflict', `${name} issues to people: its key is needed every day.`, { what: 'authority', id });
}
