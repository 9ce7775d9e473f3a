import type { LintOverride } from '../domain/lint/lint-gate.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { IssuedCertificate } from '../ports/issuance.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { Commit } from './handler.ts';
import type { RequestPlan } from './request-plan.ts';
import { standingOf } from './standing.ts';

interface Signed {
  readonly certificate: string;
  readonly replaced: readonly string[];
}

/**
 * Writes down a certificate for a key that is elsewhere. It takes the place of an older one of the same use for a key elsewhere; what
 * they have in the vault or on a token stays in use beside it.
 */
export async function recordForRequest(
  stores: ReadStores,
  plan: RequestPlan,
  issued: IssuedCertificate,
  override: LintOverride,
): Promise<Commit<Signed>> {
  const issuer = (await stores.certificates.find(plan.authority.certificateId))?.subject ?? '';
  return async (written, { time }) => {
    const before = plan.owner === undefined ? [] : await written.certificates.ofPerson(plan.owner.id);
    const replaced = before.filter((row) => isReplaced(row, issued)).map(({ id }) => id);
    await insert(written, plan, issued, { issuer, time });
    await written.certificates.supersede(replaced);
    if (plan.owner !== undefined) await updateStanding(written, plan.owner.id);
    const certificate = issued.certificateId;
    return {
      value: { certificate, replaced },
      subject: {
        authority: plan.authority.id,
        certificate,
        profile: plan.profile.id,
        replaced,
        overridden: override.rules,
        ...ownerOf(plan),
      },
      ...(override.reason === undefined ? {} : { reason: override.reason }),
      pushes: [
        { name: 'certificates.changed', payload: { certificates: [certificate, ...replaced] } },
        ...(plan.owner === undefined ? [] : [{ name: 'people.changed', payload: { people: [plan.owner.id] } } as const]),
      ],
    };
  };
}

const ownerOf = ({ owner }: RequestPlan): { readonly person?: string } => (owner === undefined ? {} : { person: owner.id });

const isReplaced = ({ isCurrent, keyStore, keyUsage }: CertificateRow, { usage }: IssuedCertificate): boolean =>
  isCurrent && keyStore === 'elsewhere' && keyUsage === usage;

async function insert(
  stores: Stores,
  { owner, authority }: RequestPlan,
  issued: IssuedCertificate,
  { issuer, time }: { readonly issuer: string; readonly time: string },
): Promise<void> {
  const personId = owner?.id ?? null;
  const { keyId, certificateId: id, algorithm, usage, spkiSha256, der, sealedKey: _, notBefore, notAfter, ...facts } = issued;
  await stores.keys.insert([{ id: keyId, algorithm, usage, state: 'active', store: 'elsewhere', personId, spkiSha256, createdAt: time }]);
  const dates = { notBefore: notBefore.toISOString(), notAfter: notAfter.toISOString(), createdAt: time };
  const record = { ...facts, ...dates, id, keyId, personId, issuer, issuerAuthorityId: authority.id, isAuthority: false, isCurrent: true };
  await stores.certificates.insert([record], [der]);
}

async function updateStanding(stores: Stores, id: string): Promise<void> {
  await stores.people.setStanding([{ id, ...standingOf(await stores.certificates.ofPerson(id)) }]);
}
