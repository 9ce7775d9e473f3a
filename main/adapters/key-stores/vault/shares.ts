import { createHash, timingSafeEqual } from 'node:crypto';
import { combine, split } from 'shamir-secret-sharing';
import { AppError } from '../../../domain/errors.ts';
import type { Compartment } from '../../../domain/vault/compartment.ts';
import type { NewSheets, SheetsRecord, ShareRecord } from '../../../ports/stores/escrow.ts';
import type { Borrower, Loan } from '../../../ports/vault.ts';
import { binding } from './binding.ts';
import { hpkeOpen, hpkeSeal } from './hpke.ts';
import { generateKeyPair, isPair, type KeyPair } from './x25519.ts';

/** Any two officers open what is shared among them. */
const officersNeeded = 2;

const digestOf = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/**
 * Shamir's sharing of a private half among officers, each share sealed to its holder's own key pair. Every share is proven before
 * anything is kept: each opens the half together with its neighbour.
 */
export async function shareAmong(
  compartment: Compartment,
  pair: KeyPair,
  officers: readonly { readonly id: string; readonly publicKey: Uint8Array }[],
): Promise<ShareRecord[]> {
  const shares = await splitProven(pair, officers.length, officersNeeded);
  try {
    const records: ShareRecord[] = [];
    for (const [at, { id, publicKey }] of officers.entries()) {
      const share = shares[at] ?? new Uint8Array();
      const sealed = await hpkeSeal(publicKey, share, binding('share', compartment, id));
      records.push({ operatorId: id, ...sealed, digest: digestOf(share), sealedDigest: sealedDigestOf(sealed) });
    }
    return records;
  } finally {
    wipeAll(shares);
  }
}

async function splitProven(pair: KeyPair, count: number, needed: number): Promise<Uint8Array[]> {
  const secret = Uint8Array.from(pair.privateKey);
  const shares = await split(secret, count, needed).finally(() => secret.fill(0));
  for (let at = 0; at < count; at++) {
    const some = Array.from({ length: needed }, (_, more) => shares[(at + more) % count] ?? new Uint8Array());
    const whole = await combine(some);
    const isWhole = isPair(whole, pair.publicKey);
    whole.fill(0);
    if (!isWhole) throw new AppError('internal', 'shares that do not open what they are of');
  }
  return shares;
}

/** Of what is kept: a share that was damaged where it lies is known by it without being opened. */
const sealedDigestOf = ({ enc, ciphertext }: Pick<ShareRecord, 'enc' | 'ciphertext'>): Buffer => digestOf(enc, ciphertext);

/** The share, the caller's to wipe. @throws AppError store.corrupt */
export async function openShare(compartment: Compartment, pair: KeyPair, record: ShareRecord): Promise<Buffer> {
  const share = await hpkeOpen(pair, record, binding('share', compartment, record.operatorId));
  if (share === undefined || !isSame(digestOf(share), record.digest)) throw corrupt('share', record.operatorId);
  return share;
}

/** @throws AppError store.corrupt */
export async function lendShare(compartment: Compartment, pair: KeyPair, record: ShareRecord, to: Borrower): Promise<Loan> {
  const share = await openShare(compartment, pair, record);
  try {
    return await hpkeSeal(to.publicKey, share, binding('loan', to.purpose, to.id));
  } finally {
    share.fill(0);
  }
}

/** The share, the caller's to wipe. @throws AppError store.corrupt */
export async function openLoan(pair: KeyPair, loan: Loan, purpose: string, operatorId: string): Promise<Buffer> {
  const share = await hpkeOpen(pair, loan, binding('loan', purpose, operatorId));
  if (share === undefined) throw corrupt('lent share', purpose);
  return share;
}

/** Whether what is kept of a share is as it was written. */
export const isIntact = (share: ShareRecord): boolean => isSame(sealedDigestOf(share), share.sealedDigest);

const isSame = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && timingSafeEqual(one, other);

/** A private half put together from shares, the caller's to wipe. @throws AppError store.corrupt when they are not of this half */
export async function combineShares(publicKey: Uint8Array, shares: readonly Uint8Array[], id: string): Promise<KeyPair> {
  const privateKey = await combineOctets(shares);
  if (privateKey !== undefined && isPair(privateKey, publicKey)) return { publicKey: Buffer.from(publicKey), privateKey };
  privateKey?.fill(0);
  throw corrupt('shares', id);
}

/** Undefined for what cannot be shares: too few of them, or two that are the same. */
async function combineOctets(shares: readonly Uint8Array[]): Promise<Buffer | undefined> {
  // The library takes plain octets only, and no Buffer.
  const plain = shares.map((share) => Uint8Array.from(share));
  try {
    const octets = await combine(plain);
    const copy = Buffer.from(octets);
    octets.fill(0);
    return copy;
  } catch {
    return undefined;
  } finally {
    wipeAll(plain);
  }
}

/**
 * A key pair whose private half exists only on paper, shared over so many sheets, and a compartment's private half sealed to it: the
 * compartment can get another pair without anything being printed again.
 */
export async function makeSheets(
  compartment: Compartment,
  pair: KeyPair,
  { id, total, threshold }: Pick<SheetsRecord, 'id' | 'total' | 'threshold'>,
): Promise<NewSheets> {
  const sheets = generateKeyPair();
  try {
    const shares = await splitProven(sheets, total, threshold);
    const sealed = await sealForSheets(compartment, pair, { id, publicKey: sheets.publicKey });
    const digests = shares.map((share) => digestOf(share).toString('hex'));
    return { record: { id, total, threshold, publicKey: sheets.publicKey, ...sealed, digests }, shares };
  } finally {
    sheets.privateKey.fill(0);
  }
}

export const sealForSheets = async (compartment: Compartment, pair: KeyPair, { id, publicKey }: Pick<SheetsRecord, 'id' | 'publicKey'>) =>
  hpkeSeal(publicKey, pair.privateKey, binding('sheets', compartment, id));

/** The compartment's private half, from sheets, the caller's to wipe. @throws AppError store.corrupt */
export async function openWithSheets(compartment: Compartment, sheets: SheetsRecord, shares: readonly Uint8Array[]): Promise<Buffer> {
  const pair = await combineShares(sheets.publicKey, shares, sheets.id);
  try {
    const privateKey = await hpkeOpen(pair, sheets, binding('sheets', compartment, sheets.id));
    if (privateKey === undefined) throw corrupt('sheets', sheets.id);
    return privateKey;
  } finally {
    pair.privateKey.fill(0);
  }
}

/** Whether a share is the one that was printed under this number. */
export const isPrinted = ({ digests }: Pick<SheetsRecord, 'digests'>, number: number, share: Uint8Array): boolean =>
  digests[number - 1] === digestOf(share).toString('hex');

const wipeAll = (octets: readonly Uint8Array[]): void => octets.forEach((one) => void one.fill(0));

const corrupt = (what: string, id: string): AppError => new AppError('store.corrupt', `The ${what} cannot be opened.`, { what, id });
