import { hexDecode } from '../domain/encoding/hex.ts';
import { unsignedInteger } from '../domain/asn1/der-writer.ts';
import { AppError } from '../domain/errors.ts';
import type { AuditOrigin, AuditSubject } from '../domain/audit/entry.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { ReadStores } from '../ports/database.ts';
import type { TokenIntentRecord } from '../ports/stores/tokens.ts';
import type { TokenCertificate, TokenLogin, Tokens } from '../ports/tokens.ts';
import type { AuditTrail } from './audit-trail.ts';

export interface TokenIntentParts {
  readonly read: () => ReadStores;
  readonly tokens: Tokens;
  readonly auditTrail: AuditTrail;
}

/** Who asked, where, and with which PIN. */
export interface AtToken {
  readonly operator: string;
  readonly host: AuditOrigin['host'];
  readonly pin: Uint8Array;
  /** What makes keys on a PIV card, where that is done. */
  readonly managementKey?: Uint8Array;
}

/** An intent that is settled: its certificate is on the token, or nothing of it is left there. */
export interface SettledIntent {
  readonly intent: TokenIntentRecord;
  readonly end: 'finished' | 'abandoned';
}

export const ckaIdOf = ({ ckaId }: Pick<TokenIntentRecord, 'ckaId'>): Uint8Array => hexDecode(ckaId) ?? new Uint8Array();

/** Settles all that was left unfinished on one token, oldest first. The PIN is known to be right. @throws AppError token.* */
export async function settleToken(parts: TokenIntentParts, serialNumber: string, at: AtToken): Promise<readonly SettledIntent[]> {
  const left = (await parts.read().tokens.unfinished()).filter((intent) => intent.serialNumber === serialNumber);
  const settled: SettledIntent[] = [];
  for (const intent of left) settled.push(await settleIntent(parts, intent, at));
  return settled;
}

/**
 * Brings one intent to its end. Before its certificates were recorded, what it made on the token is removed; afterwards
 * the certificate is written, unless its key is gone.
 */
export async function settleIntent(parts: TokenIntentParts, intent: TokenIntentRecord, at: AtToken): Promise<SettledIntent> {
  const isFinished = intent.state === 'issued' && (await isCertificateWritten(parts, intent, at));
  if (!isFinished) await parts.tokens.destroyObjects(intent, at, ckaIdOf(intent));
  await parts.tokens.clearFragments(intent, at);
  const settled = { intent, end: isFinished ? 'finished' : 'abandoned' } as const;
  await recordEnd(parts, settled, at);
  return settled;
}

async function isCertificateWritten(parts: TokenIntentParts, intent: TokenIntentRecord, login: TokenLogin): Promise<boolean> {
  try {
    await writeTokenCertificate(parts, intent, login);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return false;
    throw error;
  }
}

/** Durable, with its entry, before anything is made on the token: from now on nothing of it is forgotten. */
export function beginIntent(
  { auditTrail }: TokenIntentParts,
  begun: Omit<TokenIntentRecord, 'state' | 'createdAt' | 'endedAt'>,
  entry: { readonly action: 'token.begin' | 'token.import-begin'; readonly subject: AuditSubject },
  { operator, host }: AtToken,
): Promise<TokenIntentRecord> {
  return auditTrail.record(async (stores, { time }) => {
    const intent = { ...begun, state: 'begun', createdAt: time, endedAt: null } as const;
    await stores.tokens.vacate(intent, time);
    await stores.tokens.insertIntent(intent);
    return { value: intent, entries: [{ ...entry, operator, host, outcome: 'success' }] };
  });
}

/** @throws AppError token.*; not-found when the key is not on the token */
export async function writeTokenCertificate(parts: TokenIntentParts, intent: TokenIntentRecord, login: TokenLogin): Promise<void> {
  await parts.tokens.writeCertificate(intent, login, await tokenCertificate(parts.read(), intent));
}

/** The certificate of an intent as it is put beside its key, labelled for its person's name. @throws AppError store.corrupt */
export async function tokenCertificate(stores: ReadStores, intent: TokenIntentRecord, labelFor = tokenLabel): Promise<TokenCertificate> {
  const der = await stores.certificates.der(intent.certificateId);
  if (der === undefined)
    throw new AppError('store.corrupt', 'A certificate for a token is missing.', { what: 'certificate', id: intent.certificateId });
  const { subject, issuer, serialNumber } = readCertificate(der);
  const name = (await stores.people.find(intent.personId))?.name ?? '';
  return {
    ckaId: ckaIdOf(intent),
    label: labelFor(name),
    der,
    subject: subject.der,
    issuer: issuer.der,
    serialNumber: unsignedInteger(hexDecode(serialNumber) ?? new Uint8Array()),
  };
}

/** What a person sees in a list of the token's objects. */
export const tokenLabel = (name: string): string => `signing ${name}`;

async function recordEnd({ auditTrail }: TokenIntentParts, { intent, end }: SettledIntent, at: AtToken): Promise<void> {
  await auditTrail.record(async (stores, { time }) => {
    await stores.tokens.moveIntent(intent.id, intent.state, end, time);
    const subject = { person: intent.personId, token: intent.serialNumber, key: intent.keyId, end };
    return { value: undefined, entries: [{ action: 'token.settle', operator: at.operator, host: at.host, subject, outcome: 'success' }] };
  });
}
