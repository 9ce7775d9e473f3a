import { AppError } from '../domain/errors.ts';
import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import { keyAlgorithmOf } from '../domain/key/subject-public-key-info.ts';
import { compareOctets } from '../domain/asn1/der-writer.ts';
import { shortNameOf } from '../domain/x509/short-name.ts';
import type { Certificate } from '../domain/x509/read-certificate.ts';
import type { Stores } from '../ports/database.ts';
import type { Random } from '../ports/random.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { OutsideRequestRecord } from '../ports/stores/outside-requests.ts';
import { factsOf } from './certificate-facts.ts';
import { isFromOutside, outsideProfile } from './from-outside.ts';
import { usageOf } from './imported-certificates.ts';
import { standingOf } from './standing.ts';

interface RecordAnswerParts {
  readonly random: Random;
  readonly sha256Hex: (octets: Uint8Array) => string;
}

/** An authority that is known, with its certificate. */
export interface KnownAuthority {
  readonly authority: AuthorityRecord;
  readonly certificate: Certificate;
}

interface Answer {
  readonly request: OutsideRequestRecord;
  readonly certificate: Certificate;
  /** The nearest first; not empty. */
  readonly chain: readonly Certificate[];
  readonly known: readonly KnownAuthority[];
  readonly emails: readonly string[];
  readonly time: string;
}

/** Writes down, within a unit, the certificate, those above it, and that its key is in use; gives the certificate's id. */
export async function recordAnswer(parts: RecordAnswerParts, stores: Stores, answer: Answer): Promise<string> {
  const { request, certificate, emails, time } = answer;
  const issuerAuthorityId = await recordChain(parts, stores, answer);
  const usage = narrower(usageOf(certificate), request.purpose);
  const before = request.personId === null ? [] : await stores.certificates.ofPerson(request.personId);
  const replaced = before.filter((row) => row.isCurrent && isFromOutside(row) && row.keyUsage === usage).map(({ id }) => id);
  const id = parts.random.uuid();
  const owner = { keyId: request.keyId, personId: request.personId, emails, isAuthority: false, issuerAuthorityId };
  await stores.certificates.insert([{ ...outsideFacts(parts, certificate, time), ...owner, id }], [certificate.der]);
  await stores.certificates.supersede(replaced);
  await stores.keys.move([{ keyId: request.keyId, from: 'preActive', to: 'active', at: time }]);
  await stores.keys.setUsage(request.keyId, usage);
  await stores.outsideRequests.answer(request.id, id);
  await oweToToken(parts, stores, { request, certificateId: id, time });
  if (request.personId !== null)
    await stores.people.setStanding([{ id: request.personId, ...standingOf(await stores.certificates.ofPerson(request.personId)) }]);
  return id;
}

/** The certificate of a key on a token is still to be written there, which wants its PIN: until then it is listed as unfinished. */
async function oweToToken(
  { random }: RecordAnswerParts,
  stores: Stores,
  { request, certificateId, time }: { readonly request: OutsideRequestRecord; readonly certificateId: string; readonly time: string },
): Promise<void> {
  const [place] = await stores.tokens.placesOf([request.keyId]);
  const { personId } = request;
  if (place === undefined || personId === null) return;
  await stores.tokens.insertIntent({
    ...place,
    id: random.uuid(),
    personId,
    certificateId,
    state: 'issued',
    createdAt: time,
    endedAt: null,
  });
}

/** What the certificate allows and the request asked for. */
const narrower = (made: ReturnType<typeof usageOf>, asked: OutsideRequestRecord['purpose']) => (asked === 'dual' ? made : asked);

/** From outside, and in use. */
const outsideFacts = (parts: RecordAnswerParts, certificate: Certificate, createdAt: string) => ({
  ...factsOf(parts, certificate),
  profile: outsideProfile,
  isCurrent: true,
  createdAt,
});

/** From the top down, each once; the id of the one that signed the certificate. */
export async function recordChain(
  parts: RecordAnswerParts,
  stores: Stores,
  { chain, known, time }: Pick<Answer, 'chain' | 'known' | 'time'>,
): Promise<string> {
  let parentId: string | null = null;
  for (const link of chain.toReversed()) {
    const here = known.find(({ certificate }) => compareOctets(certificate.der, link.der) === 0);
    parentId = here?.authority.id ?? (await recordOutside(parts, stores, { certificate: link, parentId, time }));
  }
  if (parentId === null) throw new AppError('internal', 'an answer without a chain');
  return parentId;
}

async function recordOutside(
  parts: RecordAnswerParts,
  stores: Stores,
  { certificate, parentId, time }: { readonly certificate: Certificate; readonly parentId: string | null; readonly time: string },
): Promise<string> {
  const [id, certificateId] = [parts.random.uuid(), parts.random.uuid()];
  const keyId = await keyOf(parts, stores, certificate, time);
  const owner = { keyId, personId: null, emails: [], isAuthority: true, issuerAuthorityId: parentId ?? id };
  await stores.certificates.insert([{ ...outsideFacts(parts, certificate, time), ...owner, id: certificateId }], [certificate.der]);
  const name = shortNameOf(certificate.subject);
  const slug = `outside-${parts.sha256Hex(certificate.der).slice(0, 16)}`;
  const algorithm = keyAlgorithmOf(certificate.subjectPublicKeyInfo.der) ?? ('other' as KeyAlgorithm);
  const places = { publishUrl: null, ocspUrl: null, slug };
  await stores.authorities.insertOutside({
    id,
    name,
    parentId,
    algorithm,
    keyId,
    certificateId,
    ...places,
    replaces: null,
    createdAt: time,
  });
  return id;
}

async function keyOf({ random, sha256Hex }: RecordAnswerParts, stores: Stores, certificate: Certificate, time: string): Promise<string> {
  const der = certificate.subjectPublicKeyInfo.der;
  const spkiSha256 = sha256Hex(der);
  const known = await stores.keys.findBySpki(spkiSha256);
  if (known !== undefined) return known.id;
  const id = random.uuid();
  const facts = { usage: 'authority', state: 'active', store: 'elsewhere', personId: null } as const;
  await stores.keys.insert([{ ...facts, id, algorithm: keyAlgorithmOf(der) ?? 'other', spkiSha256, createdAt: time }]);
  return id;
}
