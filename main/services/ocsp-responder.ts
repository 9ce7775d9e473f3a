import { AppError } from '../domain/errors.ts';
import { hexEncode } from '../domain/encoding/hex.ts';
import { signatureAlgorithmOf, type KeyAlgorithm } from '../domain/key/algorithm.ts';
import { keyIdentifierOf, subjectPublicKeyOf } from '../domain/key/subject-public-key-info.ts';
import { lintCertificate } from '../domain/lint/lint-certificate.ts';
import { passLint } from '../domain/lint/lint-gate.ts';
import { authorityName } from '../domain/profile/compose-authority.ts';
import { composeService } from '../domain/profile/compose-service.ts';
import { readDraft } from '../domain/profile/draft-certificate.ts';
import { ocspResponder } from '../domain/profile/ocsp-responder.ts';
import { prepareIssuer } from '../domain/profile/prepare-issuer.ts';
import { encodeName, formatName, type DistinguishedName } from '../domain/x509/name.ts';
import type { ResponseFrame } from '../domain/x509/ocsp/encode-ocsp.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import { encodeCertificate, serialNumberFrom, serialNumberSize } from '../domain/x509/tbs-certificate.ts';
import { notBeforeAt, type Validity } from '../domain/x509/validity.ts';
import type { Stores } from '../ports/database.ts';
import type { KeyPair, Sign } from '../ports/key-pairs.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { Random } from '../ports/random.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { UnlockedOperator, Vault } from '../ports/vault.ts';
import { describeIssuer, openIssuer, type IssuerParts } from './issuers.ts';
import { readPractice } from './practice.ts';
import { createSealingKeyFor } from './sealing-keys.ts';

/** Fast to sign with and read by everybody, whatever the authority's own key is. */
const responderAlgorithm: KeyAlgorithm = 'p256';

export interface ResponderParts extends IssuerParts {
  readonly vault: Vault;
  readonly random: Random;
  readonly primitives: Primitives;
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
    const made = await certify(parts, operator, authority, pair, now);
    const [keyId, certificateId] = [parts.random.uuid(), parts.random.uuid()];
    const sealed = parts.vault.seal({ keyId, pkcs8: pair.pkcs8, under: [sealing.open] });
    const spkiSha256 = hexEncode(parts.primitives.digest('sha256', pair.subjectPublicKeyInfo));
    return {
      ...openedWith(parts, made.certificate, responderAlgorithm),
      sign: parts.keyPairs.signer(pair.pkcs8, responderAlgorithm),
      record: async (stores, time) => {
        await stores.vault.insertSealingKeys([sealing.record]);
        await stores.vault.insertSealedKeys([sealed]);
        await recordResponder(stores, { ...made, keyId, certificateId, spkiSha256, authority, time });
      },
    };
  } finally {
    pair.pkcs8.fill(0);
  }
}

interface MadeResponder extends Validity {
  readonly certificate: Uint8Array;
  readonly serialNumber: string;
  readonly sha256: string;
  readonly subject: string;
  readonly issuer: string;
}

/** Linted like everything that is signed. */
async function certify(
  parts: ResponderParts,
  operator: UnlockedOperator,
  authority: AuthorityRecord,
  pair: KeyPair,
  now: Date,
): Promise<MadeResponder> {
  const opened = await openIssuer(parts, operator, authority);
  const { publication: _, ...described } = await describeIssuer(parts.read(), authority);
  const [issuer, own] = [prepareIssuer(described), readCertificate(opened.certificate)];
  const [name, notBefore] = [await responderName(parts, authority), notBeforeAt(now, own.notBefore)];
  const serialNumber = serialNumberFrom(parts.random.bytes(serialNumberSize), now);
  const subjectKeyIdentifier = keyIdentifierOf(pair.subjectPublicKeyInfo, (octets) => parts.primitives.digest('sha256', octets));
  const { subjectPublicKeyInfo } = pair;
  const order = { profile: ocspResponder, name: encodeName(name), algorithm: responderAlgorithm, issuer, subjectPublicKeyInfo };
  const composed = composeService({ ...order, subjectKeyIdentifier, serialNumber, notBefore });
  passLint(lintCertificate(readDraft(composed.tbsCertificate, issuer), { profile: ocspResponder }), undefined);
  const { algorithmIdentifier } = issuer.signatureAlgorithm;
  const certificate = encodeCertificate(composed.tbsCertificate, algorithmIdentifier, opened.sign(composed.tbsCertificate));
  const sha256 = hexEncode(parts.primitives.digest('sha256', certificate));
  const names = { subject: formatName(name), issuer: formatName(own.subject.rdnSequence) };
  return { ...composed, ...names, certificate, sha256, serialNumber: hexEncode(serialNumber) };
}

/** Cut so that the common name keeps to its 64 characters (RFC 5280 appendix A). */
async function responderName(parts: ResponderParts, { name }: AuthorityRecord): Promise<DistinguishedName> {
  const practice = await readPractice(parts.read());
  return authorityName(practice.name, `${name.slice(0, 59).toWellFormed()} OCSP`);
}

interface RecordedResponder extends MadeResponder {
  readonly keyId: string;
  readonly certificateId: string;
  readonly spkiSha256: string;
  readonly authority: AuthorityRecord;
  readonly time: string;
}

/** Not among what is current: nobody has to renew it, a new one is made when it is needed. */
async function recordResponder(stores: Stores, made: RecordedResponder): Promise<void> {
  const { keyId, certificateId: id, authority, time: createdAt, spkiSha256, certificate, sha256, serialNumber, subject, issuer } = made;
  const algorithm = responderAlgorithm;
  const key = {
    id: keyId,
    algorithm,
    usage: 'revocation',
    state: 'active',
    store: 'vault',
    personId: null,
    spkiSha256,
    createdAt,
  } as const;
  const times = { notBefore: made.notBefore.toISOString(), notAfter: made.notAfter.toISOString(), createdAt };
  const facts = { id, sha256, serialNumber, subject, issuer, issuerAuthorityId: authority.id, emails: [], profile: ocspResponder.id };
  await stores.keys.insert([key]);
  await stores.certificates.insert([{ ...facts, ...times, isAuthority: false, keyId, personId: null, isCurrent: false }], [certificate]);
  const { id: kind } = ocspResponder;
  await stores.delegates.insert({
    certificateId: id,
    authorityId: authority.id,
    kind,
    keyId,
    algorithm,
    notAfter: times.notAfter,
    createdAt,
  });
}
