import { AppError } from '../errors.ts';
import { canonicalJson } from './canonical-json.ts';
import type { AuditEntry } from './entry.ts';
import { fitsBundle } from './entry-bundle.ts';
import { isLeaf } from './leaf-form.ts';

/**
 * The leaf of an entry: canonical JSON (RFC 8785), all text brought to NFC.
 * @throws AppError internal for an entry that `readLeaf` would not take back, or of more than 65,535 octets, which has no place in tiles.
 */
export function encodeLeaf(entry: AuditEntry): string {
  const leaf = canonicalJson(entry, composeText);
  if (!isLeaf(leaf) || !fitsBundle(leaf)) throw new AppError('internal', 'This is not an entry of the audit log.');
  return leaf;
}

/**
 * Reads a leaf back: known members only, an action of the closed list, and in exactly the form `encodeLeaf` writes.
 * @throws AppError integrity.audit-broken
 */
export function readLeaf(leaf: string): AuditEntry {
  const entry = tryReadLeaf(leaf);
  if (entry === undefined)
    throw new AppError('integrity.audit-broken', 'This is not an entry of the audit log.', { kind: 'leaf-malformed' });
  return entry;
}

/** As `readLeaf`, with `undefined` for what is not a leaf. */
export function tryReadLeaf(leaf: string): AuditEntry | undefined {
  return isLeaf(leaf) ? (JSON.parse(leaf) as AuditEntry) : undefined;
}

/** NFC; text below U+0300 is in it already. */
function composeText(text: string): string {
  return /[^\0-\u02ff]/.test(text) ? text.normalize('NFC') : text;
}
