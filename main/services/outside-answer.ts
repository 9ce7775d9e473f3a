import type { AcceptedAnswer } from '../contract/requests.ts';
import type { FileContent } from '../contract/secret.ts';
import { compareOctets } from '../domain/asn1/der-writer.ts';
import { AppError } from '../domain/errors.ts';
import { lintCertificate } from '../domain/lint/lint-certificate.ts';
import { chainOf } from '../domain/request/chain-of.ts';
import { readAnswer } from '../domain/request/read-answer.ts';
import { requestedMailboxes } from '../domain/request/request-subject.ts';
import { validatePath } from '../domain/x509/path-validation/validate-path.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { Random } from '../ports/random.ts';
import type { OutsideRequestRecord } from '../ports/stores/outside-requests.ts';
import type { Commit } from './handler.ts';
import { authorityCertificate } from './issuers.ts';
import { recordAnswer, type KnownAuthority } from './record-answer.ts';
import { requireUnsharedKey } from './sound-key.ts';

export interface OutsideAnswerParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  readonly primitives: Primitives;
  readonly random: Random;
  /** Lower-case hex. */
  readonly sha256Hex: (octets: Uint8Array) => string;
}

/**
 * Takes in what an authority outside has made of a request: found by its key, verified by the chain that came with it or is known.
 * @throws AppError as `readAnswer`; input.no-request; conflict when it is answered already; path.* where the certificate does not hold
 */
export async function acceptAnswer(parts: OutsideAnswerParts, files: readonly FileContent[]): Promise<Commit<AcceptedAnswer>> {
  const stores = parts.read();
  const brought = files.flatMap(({ bytes }) => readAnswer(bytes));
  const { request, certificate } = await findRequested(parts, stores, brought);
  await requireUnsharedKey(stores, parts.primitives, certificate.subjectPublicKeyInfo);
  const known = await knownAuthorities(stores);
  const chain = chainOf(certificate, [...brought, ...known.map((authority) => authority.certificate)], parts.primitives);
  requireHolding(parts, certificate, chain);
  const emails = requestedMailboxes(certificate);
  const findings = lintCertificate(certificate, {});
  const missing = request.emails.filter((address) => !emails.includes(address));
  return async (written, { time }) => {
    const id = await recordAnswer(parts, written, { request, certificate, chain, known, emails, time });
    const person = request.personId === null ? {} : { person: request.personId };
    return {
      value: { certificate: id, request: request.id, person: request.personId, emails, missing, findings },
      subject: { certificate: id, request: request.id, ...person },
      pushes: [
        { name: 'certificates.changed', payload: { certificates: [id] } },
        ...(request.personId === null ? [] : [{ name: 'people.changed', payload: { people: [request.personId] } } as const]),
      ],
    };
  };
}

interface Requested {
  readonly request: OutsideRequestRecord;
  readonly certificate: Certificate;
}

/** @throws AppError input.no-request; conflict; input.invalid where several requests are answered at once */
async function findRequested(parts: OutsideAnswerParts, stores: ReadStores, brought: readonly Certificate[]): Promise<Requested> {
  const found: Requested[] = [];
  for (const certificate of brought) {
    const key = await stores.keys.findBySpki(parts.sha256Hex(certificate.subjectPublicKeyInfo.der));
    const request = key === undefined ? undefined : await stores.outsideRequests.findByKey(key.id);
    if (request !== undefined) found.push({ request, certificate });
  }
  const [first, ...more] = found;
  if (first === undefined) throw new AppError('input.no-request', 'No request here is for the key of one of these certificates.');
  if (more.some(({ certificate }) => compareOctets(certificate.der, first.certificate.der) !== 0))
    throw new AppError('input.invalid', 'Several certificates in here are for keys of yours: give them one after the other.', {
      field: 'file',
      rule: 'one',
    });
  if (first.request.certificateId !== null)
    throw new AppError('conflict', 'This request has its answer already.', { what: 'request', id: first.request.id });
  return first;
}

/** The practice's own and those outside; not those of whom there is only a name. */
export async function knownAuthorities(stores: ReadStores): Promise<readonly KnownAuthority[]> {
  const known: KnownAuthority[] = [];
  for (const authority of [...(await stores.authorities.outside()), ...(await stores.authorities.list())]) {
    const row = await stores.certificates.find(authority.certificateId);
    if (row?.isAuthority !== true) continue;
    known.push({ authority, certificate: readCertificate(await authorityCertificate(stores, authority)) });
  }
  return known;
}

/** @throws AppError path.unknown-issuer where nobody above it is known; the first path.* finding */
export function requireHolding(
  { clock, primitives }: Pick<OutsideAnswerParts, 'clock' | 'primitives'>,
  target: Certificate,
  chain: readonly Certificate[],
): void {
  const anchor = chain.at(-1);
  if (anchor === undefined)
    throw new AppError('path.unknown-issuer', 'Nobody here knows who signed this certificate: give the chain with it.', { field: 'file' });
  const { findings } = validatePath({ target, anchors: [anchor], pool: chain, time: clock.now() }, primitives);
  const [first] = findings;
  if (first !== undefined) throw new AppError(first.code, first.detail, { ...first.details, findings: findings.map(({ code }) => code) });
}
