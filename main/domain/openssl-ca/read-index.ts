import { AppError } from '../errors.ts';
import { utf8Decode } from '../encoding/utf8.ts';
import type { RevocationReason } from '../x509/revocation-reason.ts';

/** One line of the `index.txt` that openssl `ca` keeps. */
export interface IndexEntry {
  /** Counted from one. */
  readonly line: number;
  readonly notAfter: Date;
  /** Hexadecimal, lower case, without leading zeros. */
  readonly serialNumber: string;
  readonly revocation?: { readonly at: Date; readonly reason: RevocationReason; readonly invalidityDate?: Date };
}

const longestLine = 8192;
const mostLines = 100_000;

/**
 * Reads an `index.txt`: status, end, revocation, serial number, file and subject, apart by tabs. Status `E` is a certificate that has
 * ended. What it says is not compared with any certificate here.
 * @throws AppError input.invalid with details {field: 'index', line, reason}; input.too-large
 */
export function readIndex(bytes: Uint8Array): readonly IndexEntry[] {
  const lines = (utf8Decode(bytes) ?? '').split(/\r?\n/);
  if (lines.length > mostLines) throw new AppError('input.too-large', 'This index has too many lines.', { limit: mostLines });
  return lines.flatMap((text, at) => (text === '' ? [] : [readLine(text, at + 1)]));
}

function readLine(text: string, line: number): IndexEntry {
  const [status = '', end = '', revoked = '', serial = '', ...rest] = text.split('\t');
  if (text.length > longestLine || rest.length !== 2 || !/^[VRE]$/.test(status)) throw wrongIndex(line, 'form');
  if (!/^([0-9a-f]{2}){1,20}$/i.test(serial)) throw wrongIndex(line, 'serial-number');
  const entry = { line, notAfter: readTime(end, line), serialNumber: plainSerial(serial) };
  if (status !== 'R') return entry;
  return { ...entry, revocation: readRevocation(revoked, line) };
}

/** A serial number as two programs can compare it. */
export const plainSerial = (hex: string): string => hex.toLowerCase().replace(/^0+(?=.)/, '');

/** `time[,reason[,argument]]`, the reason in openssl's words. */
function readRevocation(text: string, line: number): NonNullable<IndexEntry['revocation']> {
  const [time = '', word, argument = ''] = text.split(',');
  const at = readTime(time, line);
  if (word === undefined) return { at, reason: 'unspecified' };
  const reason = reasons[word];
  if (reason === undefined) throw wrongIndex(line, 'reason');
  return word === 'keyTime' || word === 'CAkeyTime' ? { at, reason, invalidityDate: readTime(argument, line) } : { at, reason };
}

/** openssl's words, as `openssl ca -crl_reason` takes them; with a time the key became unsafe the word ends in `Time`. */
const reasons: Readonly<Partial<Record<string, RevocationReason>>> = {
  unspecified: 'unspecified',
  keyCompromise: 'keyCompromise',
  keyTime: 'keyCompromise',
  CACompromise: 'cACompromise',
  CAkeyTime: 'cACompromise',
  affiliationChanged: 'affiliationChanged',
  superseded: 'superseded',
  cessationOfOperation: 'cessationOfOperation',
  certificateHold: 'certificateHold',
  holdInstruction: 'certificateHold',
};

/** UTCTime or GeneralizedTime as text (RFC 5280 section 4.1.2.5). */
function readTime(text: string, line: number): Date {
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] =
    /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text) ?? [];
  const century = Number(year) < 50 ? '20' : '19';
  const at = new Date(`${year.length === 2 ? century : ''}${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(at.getTime())) throw wrongIndex(line, 'time');
  return at;
}

/** What is wrong with the index, and in which line. */
export const wrongIndex = (line: number, reason: string): AppError =>
  new AppError('input.invalid', `The index is wrong in line ${line}.`, { field: 'index', line, reason });
