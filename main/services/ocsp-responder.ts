import { AppError } from '../domain/errors.ts';
import { signatureAlgorithmOf, type KeyAlgorithm } from '../domain/key/algorithm.ts';
import { keyIdentifierOf, subjectPublicKeyOf } from '../domain/key/subject-public-key-info.ts';
import { authorityName } from '../domain/profile/compose-authority.ts';
import { composeService } from '../domain/profile/compose-service.ts';
import { ocspResponder } from '../domain/profile/ocsp-responder.ts';
import { prepareIssuer } from '../domain/profile/prepare-issuer.ts';
import { encodeName, type DistinguishedName } from '../domain/x509/name.ts';
import type { ResponseFrame } from '../domain/x509/ocsp/encode-ocsp.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import { serialNumberFrom, serialNumberSize } from '../domain/x509/tbs-certificate.ts';
import { notBeforeAt } from '../domain/x509/validity.ts';
import type { Stores } from '../ports/database.ts';
import type { KeyPair, Sign } from '../ports/key-pairs.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { Random } from '../ports/random.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { UnlockedOperator, Vault } from '../ports/vault.ts';
import { factsOf } from './certificate-facts.ts';
import { signLinted } from './sign-linted.ts';
import { describeIssuer, openIssuer, type IssuerParts } from './issuers.ts';
import { readPractice } from './practice.ts';
import { createSealingKeyFor } from './sealing-keys.ts';

/** Fast to sign with and read by everybody, whatever the authority's own key is. */
const responderAlgorithm: KeyAlgorithm = 'p256';

export interface ResponderParts extends IssuerParts {
  readonly vault: Vault;
  readonly random: Random;
  readonly primitives: Primitives;
  /** Lower-case hex. */
  readonly sha256Hex: (octets: Uint8Array) => string;
}

/** A responder whose key is open. */
export interface OpenResponder {
  readonly frame: ResponseFrame;
  /** SHA-1 of its public key. */
  readonly keyHash: Uint8Array;
  readonly sign: Sign;
  /** Writes it down within a unit where it was made just now. */
  readonly record: (stores: Stores, time: string) => Promise<void>;
}

/**
 * The responder of an authority, for responses that count until an instant: the one there is, or a new one where its certificate would
 * end before they do.
 * @throws AppError path.expired when the authority itself has ended
 */
export async function openResponder(
  parts: ResponderParts,
  operator: UnlockedOperator,
  authority: AuthorityRecord,
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<OpenResponder> {
  const known = await parts.read().delegates.longest(authority.id, 'ocsp-responder');
  if (known === undefined || known.notAfter < until.toISOString()) return makeResponder(parts, operator, authority, now);
  const certificate = await parts.read().certificates.der(known.certificateId);
  if (certificate === undefined)
    throw new AppError('store.corrupt', 'The certificate of an OCSP responder is missing.', { id: known.certificateId });
  const sign = await parts.keyAccess.withPrivateKey(operator, known.keyId, 'unattended', (pkcs8) =>
    parts.keyPairs.signer(pkcs8, known.algorithm),
  );
  return { ...openedWith(parts, certificate, known.algorithm), sign, record: async () => undefined };
}

function openedWith(
  { primitives }: ResponderParts,
  certificate: Uint8Array,
  algorithm: KeyAlgorithm,
): Omit<OpenResponder, 'sign' | 'record'> {
  const { subjectPublicKeyInfo } = readCertificate(certificate);
  return {
    frame: { signatureAlgorithm: signatureAlgorithmOf(algorithm).algorithmIdentifier, certificate },
    keyHash: primitives.digest('sha1', subjectPublicKeyOf(subjectPublicKeyInfo.der)),
  };
}

async function makeResponder(
  parts: ResponderParts,
  operator: UnlockedOperator,
  authority: AuthorityRecord,
  now: Date,
): Promise<OpenResponder> {
  const sealing = await createSealingKeyFor(parts.read(), parts.vault, 'unattended');
  const pair = await parts.keyPairs.generate(responderAlgorithm);
  try {
    const certificate = await certify(parts, operator, authority, pair, now);
    const [keyId, certificateId] = [parts.random.uuid(), parts.random.uuid()];
    const sealed = parts.vault.seal({ keyId, pkcs8: pair.pkcs8, under: [sealing.open] });
    const spkiSha256 = parts.sha256Hex(pair.subjectPublicKeyInfo);
    return {
      ...openedWith(parts, certificate, responderAlgorithm),
      sign: parts.keyPairs.signer(pair.pkcs8, responderAlgorithm),
      record: async (stores, time) => {
        await stores.vault.insertSealingKeys([sealing.record]);
        await stores.vault.insertSealedKeys([sealed]);
        await recordResponder(parts, stores, { certificate, keyId, certificateId, spkiSha256, authority, time });
      },
    };
  } finally {
    pair.pkcs8.fill(0);
  }
}

/** Linted like everything that is signed. */
async function certify(
  parts: ResponderParts,
  operator: UnlockedOperator,
  authority: AuthorityRecord,
  pair: KeyPair,
  now: Date,
): Promise<Uint8Array> {
  const opened = await openIssuer(parts, operator, authority);
  const { publication: _, ...described } = await describeIssuer(parts.read(), authority);
  const [issuer, own] = [prepareIssuer(described), readCertificate(opened.certificate)];
  const [name, notBefore] = [await responderName(parts, authority), notBeforeAt(now, own.notBefore)];
  const serialNumber = serialNumberFrom(parts.random.bytes(serialNumberSize), now);
  const subjectKeyIdentifier = keyIdentifierOf(pair.subjectPublicKeyInfo, (octets) => parts.primitives.digest('sha256', octets));
  const { subjectPublicKeyInfo } = pair;
  const order = { profile: ocspResponder, name: encodeName(name), algorithm: responderAlgorithm, issuer, subjectPublicKeyInfo };
  const composed = composeService({ ...order, subjectKeyIdentifier, serialNumber, notBefore });
  return signLinted(composed.tbsCertificate, issuer.signatureAlgorithm.algorithmIdentifier, opened.sign, ocspResponder);
}

/** Cut so that the common name keeps to its 64 characters (RFC 5280 appendix A). */
async function responderName(parts: ResponderParts, { name }: AuthorityRecord): Promise<DistinguishedName> {
  const practice = await readPractice(parts.read());
  return authorityName(practice.name, `${name.slice(0, 59).toWellFormed()} OCSP`);
}

interface RecordedResponder {
  /** DER. */
  readonly certificate: Uint8Array;
  readonly keyId: string;
  readonly certificateId: string;
  readonly spkiSha256: string;
  readonly authority: AuthorityRecord;
  readonly time: string;
}

/** Not among what is current: nobody has to renew it, a new one is made when it is needed. */
async function recordResponder(parts: ResponderParts, stores: Stores, made: RecordedResponder): Promise<void> {
  const { keyId, certificateId: id, time: createdAt, spkiSha256, certificate } = made;
  const { id: kind } = ocspResponder;
  const authorityId = made.authority.id;
  const key = { usage: 'revocation', state: 'active', store: 'vault', personId: null } as const;
  const facts = factsOf(parts, readCertificate(certificate));
  const owner = { issuerAuthorityId: authorityId, keyId, personId: null, emails: [], profile: kind, isAuthority: false, isCurrent: false };
  await stores.keys.insert([{ ...key, id: keyId, algorithm: responderAlgorithm, spkiSha256, createdAt }]);
  await stores.certificates.insert([{ ...facts, ...owner, id, createdAt }], [certificate]);
  const { notAfter } = facts;
  await stores.delegates.insert({ certificateId: id, authorityId, kind, keyId, algorithm: responderAlgorithm, notAfter, createdAt });
}
