import type { FileContent } from '../contract/secret.ts';
import type { AttestationIssuer, BroughtIssuer } from '../contract/tokens.ts';
import { base64Decode, base64Encode } from '../domain/encoding/base64.ts';
import { readEncodedObjects } from '../domain/encoding/pem.ts';
import { AppError } from '../domain/errors.ts';
import { formatName } from '../domain/x509/name.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Commit } from './handler.ts';

export interface AttestationIssuerParts {
  readonly read: () => ReadStores;
  /** Those that come with Keyward, DER. */
  readonly attestationIssuers: readonly Uint8Array[];
  /** Lower-case hex. */
  readonly sha256Hex: (octets: Uint8Array) => string;
}

async function keptIssuers({ settings }: ReadStores): Promise<readonly Uint8Array[]> {
  const text = await settings.get('attestation-issuers');
  const kept = text === undefined ? [] : (JSON.parse(text) as string[]);
  return kept.flatMap((one) => base64Decode(one) ?? []);
}

/** Who certifies cards that attest: those that come with Keyward, and those that an administrator took in. DER. */
export const attestationIssuersOf = async (
  { attestationIssuers }: Pick<AttestationIssuerParts, 'attestationIssuers'>,
  stores: ReadStores,
): Promise<readonly Uint8Array[]> => [...attestationIssuers, ...(await keptIssuers(stores))];

export async function listAttestationIssuers(parts: AttestationIssuerParts): Promise<readonly AttestationIssuer[]> {
  const kept = await keptIssuers(parts.read());
  return [...parts.attestationIssuers.map((der) => view(parts, der, true)), ...kept.map((der) => view(parts, der, false))];
}

function view({ sha256Hex }: AttestationIssuerParts, der: Uint8Array, isBuiltIn: boolean): AttestationIssuer {
  const { subject, notAfter } = readCertificate(der);
  return { sha256: sha256Hex(der), subject: formatName(subject.rdnSequence), notAfter: notAfter.toISOString(), isBuiltIn };
}

/** What a file brings, to be compared with what the maker publishes before it is taken in. @throws AppError as `addAttestationIssuers`, but conflict */
export async function readAttestationIssuers(parts: AttestationIssuerParts, file: FileContent): Promise<readonly BroughtIssuer[]> {
  const known = await knownIssuers(parts);
  return broughtBy(file).map((der) => {
    const { sha256, subject, notAfter } = view(parts, der, false);
    return { sha256, subject, notAfter, isKnown: known.has(sha256) };
  });
}

/**
 * Takes in who certifies the attestation keys of cards, from a file of one certificate or several: what they sign is believed from then on,
 * so whoever does this has compared them with what the maker publishes. @throws AppError input.*; input.invalid for one that is no
 *   authority; conflict where all of them are known
 */
export async function addAttestationIssuers(
  parts: AttestationIssuerParts,
  file: FileContent,
): Promise<Commit<{ readonly added: readonly AttestationIssuer[] }>> {
  const known = await knownIssuers(parts);
  const fresh = broughtBy(file).filter((der) => !known.has(parts.sha256Hex(der)));
  if (fresh.length === 0) throw new AppError('conflict', 'All of these are known already.', { what: 'attestation-issuer' });
  const added = fresh.map((der) => view(parts, der, false));
  return async (stores) => {
    await stores.settings.put('attestation-issuers', JSON.stringify([...(await keptIssuers(stores)), ...fresh].map(base64Encode)));
    return { value: { added }, subject: { certificates: added.map(({ sha256 }) => sha256) } };
  };
}

const knownIssuers = async (parts: AttestationIssuerParts): Promise<ReadonlySet<string>> =>
  new Set((await attestationIssuersOf(parts, parts.read())).map((der) => parts.sha256Hex(der)));

/** All that is in it, each an authority's certificate. */
function broughtBy(file: FileContent): readonly Uint8Array[] {
  const brought = readEncodedObjects(file.bytes).map(({ der }) => der);
  if (brought.length === 0) throw new AppError('input.empty', 'There is no certificate in this file.');
  for (const der of brought) requireAuthority(readCertificate(der));
  return brought;
}

function requireAuthority({ extensions }: Certificate): void {
  if (extensions.basicConstraints?.cA !== true)
    throw new AppError('input.invalid', 'This certificate is not one of an authority, which certifies cards.', {
      field: 'file',
      rule: 'authority',
    });
}

/** @throws AppError not-found; those that come with Keyward stay */
export async function removeAttestationIssuer(
  parts: AttestationIssuerParts,
  sha256: string,
): Promise<Commit<{ readonly removed: string }>> {
  const isIt = (der: Uint8Array): boolean => parts.sha256Hex(der) === sha256.toLowerCase();
  if (!(await keptIssuers(parts.read())).some(isIt))
    throw new AppError('not-found', 'No such certificate was taken in here.', { what: 'certificate', id: sha256.slice(0, 64) });
  return async (stores) => {
    const left = (await keptIssuers(stores)).filter((der) => !isIt(der));
    await stores.settings.put('attestation-issuers', JSON.stringify(left.map(base64Encode)));
    return { value: { removed: sha256.toLowerCase() }, subject: { certificates: [sha256.toLowerCase()] } };
  };
}
