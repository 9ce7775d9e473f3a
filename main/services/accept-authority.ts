import type { FileContent } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import { chainOf } from '../domain/request/chain-of.ts';
import { readAnswer } from '../domain/request/read-answer.ts';
import { publicationSlug } from '../domain/x509/publication.ts';
import type { Certificate } from '../domain/x509/read-certificate.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { AuthorityRecord, AuthorityRequestRecord } from '../ports/stores/authorities.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { keepChoice } from './authority-choice.ts';
import { requireFreeName } from './authority-create.ts';
import type { AuthorityOnTokenParts, OnToken } from './authority-on-token.ts';
import { openRequestedKey } from './authority-request-on-token.ts';
import { issueCertificateList } from './certificate-lists.ts';
import { factsOf } from './certificate-facts.ts';
import type { Commit } from './handler.ts';
import { findAuthority, requireGoodAuthority } from './issuers.ts';
import { importedProfile } from './imported-certificates.ts';
import { knownAuthorities, requireHolding } from './outside-answer.ts';
import { recordChain } from './record-answer.ts';
import type { AtToken } from './token-intents.ts';

export type AcceptAuthorityParts = AuthorityOnTokenParts;

interface Accepted {
  readonly authority: string;
  readonly name: string;
  readonly notAfter: string;
  readonly isUsed: boolean;
}

/**
 * Takes in the certificate of an authority that waits for it, found by its key and verified by the chain that came with it or is known,
 * and makes its first list in the same unit.
 * @throws AppError as `readAnswer`; input.no-request; path.* where the certificate does not hold; path.not-authority; input.invalid
 *   without a key identifier; as `openRequestedKey`
 */
export async function acceptAuthority(
  parts: AcceptAuthorityParts,
  operator: UnlockedOperator,
  input: { readonly files: readonly FileContent[]; readonly use: boolean },
  at?: OnToken & AtToken,
): Promise<Commit<Accepted>> {
  const stores = parts.read();
  const brought = input.files.flatMap(({ bytes }) => readAnswer(bytes));
  const { request, certificate } = await findWaiting(parts, stores, brought);
  const keyIdentifier = requireAuthority(certificate);
  const known = await knownAuthorities(stores);
  const chain = chainOf(certificate, [...brought, ...known.map((authority) => authority.certificate)], parts.primitives);
  requireHolding(parts, certificate, chain);
  const { sign, onToken } = await openRequestedKey(parts, operator, { request, certificate }, at);
  const commit: Commit<Accepted> = async (written, { time }) => {
    await requireFreeName(written, request.name);
    await keepChoice(written);
    await written.authorities.removeRequest(request.id);
    const parentId = await recordChain(parts, written, { chain, known, time });
    await requireGoodAuthority(written, await findAuthority(written, parentId), new Date(time));
    const certificateId = await recordCertificate(parts, written, { request, certificate, parentId, time });
    const authority = recordOf(request, { keyIdentifier, parentId, certificateId, time });
    await written.authorities.insert(authority);
    await written.keys.move([{ keyId: request.keyId, from: 'preActive', to: 'active', at: time }]);
    if (input.use) await written.settings.put('issuing-authority', authority.id);
    const list = await issueCertificateList(written, { authority, certificate: certificate.der, sign }, time, 'kept');
    const value = { authority: authority.id, name: authority.name, notAfter: certificate.notAfter.toISOString(), isUsed: input.use };
    const subject = { authority: authority.id, certificate: certificateId, number: list.number, nextUpdate: list.nextUpdate };
    if (onToken === undefined) return { value, subject };
    return { value, subject: { ...subject, token: onToken.serialNumber }, afterwards: () => onToken.keep(authority.id) };
  };
  return onToken === undefined ? commit : Object.assign(commit, { takeBack: () => onToken.close() });
}

async function findWaiting(parts: AcceptAuthorityParts, stores: ReadStores, brought: readonly Certificate[]) {
  for (const certificate of brought) {
    const key = await stores.keys.findBySpki(parts.sha256Hex(certificate.subjectPublicKeyInfo.der));
    const request = key === undefined ? undefined : await stores.authorities.requestByKey(key.id);
    if (request !== undefined) return { request, certificate };
  }
  throw new AppError('input.no-request', 'No authority here waits for one of these certificates.');
}

/** Its key identifier. */
function requireAuthority({ extensions }: Certificate): Uint8Array {
  if (extensions.basicConstraints?.cA !== true || extensions.keyUsage?.includes('keyCertSign') === false)
    throw new AppError('path.not-authority', 'This certificate is not that of an authority.', { field: 'certificate' });
  if (extensions.subjectKeyIdentifier === undefined)
    throw new AppError('input.invalid', 'The authority’s certificate has no key identifier.', {
      field: 'certificate',
      reason: 'key-identifier',
    });
  return extensions.subjectKeyIdentifier;
}

interface Signed {
  readonly request: AuthorityRequestRecord;
  readonly certificate: Certificate;
  readonly parentId: string;
  readonly time: string;
}

/** Where the key above is here as well, the certificate was written down when it was signed. */
async function recordCertificate(
  parts: AcceptAuthorityParts,
  stores: Stores,
  { request, certificate, parentId, time }: Signed,
): Promise<string> {
  const facts = factsOf(parts, certificate);
  const [known] = await stores.certificates.findByPrefix(facts.sha256);
  if (known !== undefined) return known.id;
  const id = parts.random.uuid();
  const owner = { keyId: request.keyId, personId: null, emails: [], issuerAuthorityId: parentId, profile: importedProfile };
  await stores.certificates.insert([{ ...facts, ...owner, id, isAuthority: true, isCurrent: true, createdAt: time }], [certificate.der]);
  return id;
}

function recordOf(
  { id, name, algorithm, keyId, publishUrl }: AuthorityRequestRecord,
  made: { readonly keyIdentifier: Uint8Array; readonly parentId: string; readonly certificateId: string; readonly time: string },
): AuthorityRecord {
  const slug = publicationSlug(name, made.keyIdentifier);
  const { parentId, certificateId, time: createdAt } = made;
  return { id, name, parentId, algorithm, keyId, certificateId, publishUrl, slug, createdAt, ocspUrl: null, replaces: null };
}
