import type { ImportItem } from '../contract/certificates.ts';
import type { JobError } from '../contract/enrollment.ts';
import { AppError, type ErrorCode, type ErrorDetails } from '../domain/errors.ts';
import type { KeyPlace } from '../domain/key/store.ts';
import { keyAlgorithmOf } from '../domain/key/subject-public-key-info.ts';
import { requestedMailboxes } from '../domain/request/request-subject.ts';
import { formatName } from '../domain/x509/name.ts';
import type { Vault } from '../ports/vault.ts';
import type { Commit } from './handler.ts';
import { usageOf } from './imported-certificates.ts';
import { planImport, type ImportInput, type ImportPlan, type ImportPlanParts, type PlannedItem } from './import-plan.ts';
import { prepareKeychainKey, type KeychainKeyParts } from './keychain-key.ts';
import { recordImport, sealPlan, type RecordedImport } from './import-record.ts';

export interface CertificateImportParts extends ImportPlanParts, KeychainKeyParts {
  readonly vault: Vault;
  /** Words what stands for an error in an answer that is none. */
  readonly wordError: (code: ErrorCode, details?: ErrorDetails) => JobError;
}

interface Imported extends RecordedImport {
  readonly items: readonly ImportItem[];
}

/** Says of everything that was brought what would become of it; nothing is kept. @throws AppError as `planImport` */
export async function previewImport(parts: CertificateImportParts, input: ImportInput): Promise<{ readonly items: readonly ImportItem[] }> {
  const plan = await planImport(parts, input);
  plan.wipe();
  return { items: viewItems(parts, plan) };
}

/**
 * Takes in what the preview says can be taken in, all of it in one unit: a process that is killed has done nothing or everything.
 * @throws AppError as `planImport`; input.nothing-to-take; stale, conflict where it came in some other way meanwhile
 */
export async function importCertificates(
  parts: CertificateImportParts,
  input: ImportInput & { readonly store: KeyPlace },
): Promise<Commit<Imported>> {
  const plan = await planImport(parts, input);
  try {
    const items = viewItems(parts, plan);
    if (!plan.items.some(isTaken)) throw new AppError('input.nothing-to-take', 'Nothing in these files can be taken in.');
    const keychain = input.store === 'keychain' ? await prepareKeychainKey(parts) : undefined;
    const sealed = await sealPlan(parts, plan.items.filter(isTaken), keychain?.open);
    const commit: Commit<Imported> = async (stores, { time }) => {
      await keychain?.record(stores);
      const { certificates, keys, people } = await recordImport(parts, stores, sealed, time);
      return {
        value: { items, certificates, keys },
        subject: { certificates: certificates.slice(0, listed), keys: keys.slice(0, listed), people: people.slice(0, listed) },
        pushes: [
          { name: 'certificates.changed', payload: { certificates } },
          { name: 'people.changed', payload: { people } },
        ],
      };
    };
    return keychain === undefined ? commit : Object.assign(commit, { takeBack: keychain.takeBack });
  } finally {
    plan.wipe();
  }
}

/** How many ids one entry of the log names. */
const listed = 500;

const isTaken = ({ verdict }: PlannedItem): boolean => verdict === 'take' || verdict === 'key';

const viewItems = (parts: CertificateImportParts, { items }: ImportPlan): readonly ImportItem[] =>
  items.map((item) => viewItem(parts, item));

function viewItem({ wordError, clock }: CertificateImportParts, item: PlannedItem): ImportItem {
  const { file, verdict, certificate, key, person, findings, error } = item;
  const spki = certificate?.subjectPublicKeyInfo.der ?? key?.pair.subjectPublicKeyInfo;
  return {
    file,
    verdict,
    certificate: viewCertificate(item),
    keyAlgorithm: spki === undefined ? null : (keyAlgorithmOf(spki) ?? certificate?.subjectPublicKeyInfo.algorithm.name ?? 'other'),
    hasKey: key !== undefined,
    isOld: certificate !== undefined && certificate.notAfter.getTime() <= clock.now().getTime(),
    person: person === undefined ? null : { id: person.id, name: person.name },
    findings,
    error: error === undefined ? null : wordError(error.code, error.details),
  };
}

function viewCertificate({ certificate, sha256, isOurs, row }: PlannedItem): ImportItem['certificate'] {
  if (certificate !== undefined)
    return {
      sha256,
      subject: formatName(certificate.subject.rdnSequence),
      issuer: formatName(certificate.issuer.rdnSequence),
      emails: requestedMailboxes(certificate),
      notBefore: certificate.notBefore.toISOString(),
      notAfter: certificate.notAfter.toISOString(),
      purpose: usageOf(certificate),
      isOurs,
    };
  if (row === undefined) return null;
  const { subject, issuer, emails, notBefore, notAfter, keyUsage: purpose } = row;
  return { sha256, subject, issuer, emails, notBefore, notAfter, purpose, isOurs };
}
