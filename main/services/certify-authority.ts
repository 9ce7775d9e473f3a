import { FileContent } from '../contract/secret.ts';
import { encodePem, readEncodedObjects } from '../domain/encoding/pem.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import { authorityAlgorithms, type AuthorityAlgorithm } from '../domain/key/algorithm.ts';
import { keyIdentifierOf } from '../domain/key/subject-public-key-info.ts';
import { authorityLimits, requireWithinLimits } from '../domain/profile/authority-limits.ts';
import { composeAuthority, parseMailDomain } from '../domain/profile/compose-authority.ts';
import { intermediateAuthority } from '../domain/profile/intermediate-authority.ts';
import { issuingAuthority } from '../domain/profile/issuing-authority.ts';
import { prepareIssuer } from '../domain/profile/prepare-issuer.ts';
import { requireSoundKey } from '../domain/request/request-key.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import { readCertificationRequest, type CertificationRequest } from '../domain/x509/read-request.ts';
import { serialNumberFrom, serialNumberSize } from '../domain/x509/tbs-certificate.ts';
import { notBeforeAt } from '../domain/x509/validity.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/database.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { openSigningAuthority } from './authority-create.ts';
import { factsOf } from './certificate-facts.ts';
import { signLinted } from './sign-linted.ts';
import type { Commit } from './handler.ts';
import { findAuthority, issuerChain, requireGoodAuthority, type IssuerParts } from './issuers.ts';
import type { NewAuthorityParts, SigningAuthority } from './new-authority.ts';
import { requireUnsharedKey } from './sound-key.ts';

export interface CertifyParts extends IssuerParts, NewAuthorityParts {
  readonly clock: Clock;
  readonly primitives: Primitives;
  readonly sha256Hex: (octets: Uint8Array) => string;
}

export interface CertifyOrder {
  readonly request: FileContent;
  readonly under: string;
  readonly mailDomains: readonly string[];
  readonly validityDays?: number | undefined;
  readonly pathLength: number | 'open';
}

interface Certified {
  readonly file: FileContent;
  readonly certificate: string;
  readonly notAfter: string;
}

/**
 * Signs the request of an authority whose key is elsewhere: its name and key are taken from the request, everything else is said here.
 * @throws AppError input.* for a request that cannot be read, proven or certified; input.path-length, input.domain-outside;
 *   path.expired, path.revoked where the one that signs is not good; input.key-offline
 */
export async function certifyAuthority(parts: CertifyParts, operator: UnlockedOperator, order: CertifyOrder): Promise<Commit<Certified>> {
  const [stores, now] = [parts.read(), parts.clock.now()];
  const under = await findAuthority(stores, order.under);
  await requireGoodAuthority(stores, under, now);
  const { request, algorithm } = await readRequest(parts, order.request);
  const chain = (await issuerChain(stores, under)).map(({ certificate }) => certificate);
  const mailDomains = [...new Set(order.mailDomains.map(parseMailDomain))];
  const limits = authorityLimits(chain.map((link) => readCertificate(link)));
  requireWithinLimits(limits, { pathLength: order.pathLength, mailDomains, parentName: under.name });
  const signer = await openSigningAuthority(parts, operator, under);
  const made = await certify(parts, signer, { request, algorithm, mailDomains, order, now });
  const id = parts.random.uuid();
  const file = new FileContent('authority.pem', utf8Encode([made.der, ...chain].map((der) => encodePem('CERTIFICATE', der)).join('')));
  return async (written, { time }) => {
    await requireGoodAuthority(written, under, new Date(time));
    await record(parts, written, { ...made, id, algorithm, request, signer, time });
    const notAfter = made.notAfter.toISOString();
    return { value: { file, certificate: id, notAfter }, subject: { certificate: id, notAfter } };
  };
}

async function readRequest(parts: CertifyParts, file: FileContent) {
  const [first, ...more] = readEncodedObjects(file.bytes);
  if (first === undefined || more.length > 0)
    throw new AppError('input.invalid', 'Give a file with one certificate request (PKCS #10).', { field: 'request', rule: 'one' });
  const request = readCertificationRequest(first.der);
  const known = requireSoundKey(request, (...signed) => parts.primitives.verify(...signed));
  await requireUnsharedKey(parts.read(), parts.primitives, request.subjectPublicKeyInfo);
  const algorithm = authorityAlgorithms.find((candidate) => candidate === known);
  if (algorithm === undefined)
    throw new AppError('input.unsupported-algorithm', 'An authority cannot have a key of this kind.', {
      algorithm: known,
      allowed: authorityAlgorithms,
    });
  if (request.subject.rdnSequence.length === 0) throw new AppError('input.invalid', 'An authority needs a name.', { field: 'name' });
  return { request, algorithm };
}

interface ToCertify {
  readonly request: CertificationRequest;
  readonly algorithm: AuthorityAlgorithm;
  readonly mailDomains: readonly string[];
  readonly order: CertifyOrder;
  readonly now: Date;
}

async function certify(parts: CertifyParts, signer: SigningAuthority, { request, algorithm, mailDomains, order, now }: ToCertify) {
  const issuer = prepareIssuer(signer.issuer);
  const serialNumber = serialNumberFrom(parts.random.bytes(serialNumberSize), now);
  const subjectPublicKeyInfo = request.subjectPublicKeyInfo.der;
  const { pathLength, validityDays } = order;
  const composed = composeAuthority({
    profile: pathLength === 0 ? issuingAuthority : intermediateAuthority,
    name: request.subject,
    algorithm,
    issuer,
    subjectPublicKeyInfo,
    subjectKeyIdentifier: keyIdentifierOf(subjectPublicKeyInfo, parts.digestSha256),
    serialNumber,
    notBefore: notBeforeAt(now, signer.notBefore),
    permittedMailDomains: mailDomains,
    ...(pathLength === 'open' ? {} : { pathLength }),
    ...(validityDays === undefined ? {} : { validityDays }),
  });
  return { der: await signLinted(composed.tbsCertificate, composed.signatureAlgorithm, signer.sign), notAfter: composed.notAfter };
}

type ToRecord = Awaited<ReturnType<typeof certify>> & {
  readonly id: string;
  readonly algorithm: AuthorityAlgorithm;
  readonly request: CertificationRequest;
  readonly signer: SigningAuthority;
  readonly time: string;
};

/** Its key may wait here for this very certificate: then it is known, and stays where it is. */
async function record(parts: CertifyParts, stores: Stores, made: ToRecord): Promise<void> {
  const { id, der, signer, time: createdAt } = made;
  const spkiSha256 = parts.sha256Hex(made.request.subjectPublicKeyInfo.der);
  const known = await stores.keys.findBySpki(spkiSha256);
  const waits = known !== undefined && (await stores.authorities.requestByKey(known.id)) !== undefined;
  if (known !== undefined && !waits)
    throw new AppError('conflict', 'This key has a certificate here already: make the request with a new key.', {
      what: 'key',
      id: known.id,
    });
  const keyId = known?.id ?? parts.random.uuid();
  const key = { usage: 'authority', state: 'active', store: 'elsewhere', personId: null } as const;
  if (known === undefined) await stores.keys.insert([{ ...key, id: keyId, algorithm: made.algorithm, spkiSha256, createdAt }]);
  const owner = { issuerAuthorityId: signer.id, keyId, personId: null, emails: [], profile: 'outside-authority' };
  const record = { ...factsOf(parts, readCertificate(der)), ...owner, id, isAuthority: true, isCurrent: true, createdAt };
  await stores.certificates.insert([record], [der]);
}
