import { signatureAlgorithmOf } from '../domain/key/algorithm.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { AuthoritySign } from '../ports/key-pairs.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { FreshSealingKey, SealedKeyRecord } from '../ports/stores/vault.ts';
import { deltaName } from './list-file.ts';
import { ofSameName } from './same-name.ts';

/** An authority whose key is open, ready to sign inside a unit. */
export interface OpenIssuer {
  readonly authority: AuthorityRecord;
  /** Its certificate, DER. */
  readonly certificate: Uint8Array;
  readonly sign: AuthoritySign;
  /** Where a computer goes on with lists while nobody is there. */
  readonly ahead?: SealAhead | undefined;
}

/** Seals for the part of the vault that such a computer opens. */
export interface SealAhead {
  readonly record: FreshSealingKey;
  readonly seal: (id: string, octets: Uint8Array) => SealedKeyRecord;
  readonly newId: () => string;
}

export async function entriesSize(
  stores: Stores,
  authorities: readonly string[],
  time: string,
): Promise<{ entries: number; octets: number }> {
  const sum = { entries: 0, octets: 0 };
  for (const id of authorities) {
    await stores.certificates.dropEnded(id, time);
    const { entries, octets } = await stores.certificates.listEntriesSize(id);
    sum.entries += entries;
    sum.octets += octets;
  }
  return sum;
}

export async function* entriesOfAll(stores: Stores, authorities: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const id of authorities) yield* stores.certificates.listEntries(id);
}

/** Who made delta lists before says where they are; who never did must not send others looking for one. */
export const freshestOf = ({ publishUrl, slug }: AuthorityRecord): { readonly freshestUrl?: string } =>
  publishUrl === null ? {} : { freshestUrl: `${publishUrl}/${deltaName(slug)}` };

export const pointField = (point: string | null): { readonly pointUrl?: string } => (point === null ? {} : { pointUrl: point });

/** Full and delta lists are numbered together, whatever key signs them. */
export async function nextNumber(stores: ReadStores, authorityId: string): Promise<number> {
  const numbers: number[] = [];
  for (const { id } of await ofSameName(stores, authorityId)) {
    const [full, delta] = [await stores.authorities.latestList(id), await stores.authorities.latestDelta(id)];
    numbers.push(full?.number ?? 0, delta?.number ?? 0);
  }
  return Math.max(0, ...numbers) + 1;
}

/** What every list of an authority says alike. */
export function fieldsOf({ authority, certificate }: OpenIssuer) {
  const { algorithmIdentifier } = signatureAlgorithmOf(authority.algorithm);
  const { subject, extensions } = readCertificate(certificate);
  const authorityKeyIdentifier = extensions.subjectKeyIdentifier;
  if (authorityKeyIdentifier === undefined) throw new AppError('internal', 'an authority without a key identifier');
  return { issuer: subject.der, authorityKeyIdentifier, signatureAlgorithm: algorithmIdentifier };
}
