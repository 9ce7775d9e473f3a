import { canonicalJson } from './canonical-json.ts';
import { tileWidth } from './log-tiles.ts';

/** An archive that contents of a log went to, as an export names it. */
export interface SealedArchive {
  readonly from: number;
  readonly to: number;
  readonly createdAt: string;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
}

/** What lies in an export as `sealed`: from the first on, so many entries are not there but for their hashes, and where they are. */
export const sealedText = (entries: number, archives: readonly SealedArchive[]): string =>
  `${canonicalJson({ entries, archives: archives.map(({ from, to, createdAt, sha256 }) => ({ from, to, createdAt, sha256 })) }, (text) => text)}\n`;

/** How many entries such a file says are not there: whole tiles of them. Undefined for what is no such file. */
export function readSealed(text: string): number | undefined {
  try {
    const value = JSON.parse(text) as { readonly entries?: unknown } | null;
    const entries = value?.entries;
    return typeof entries === 'number' && Number.isSafeInteger(entries) && entries > 0 && entries % tileWidth === 0 ? entries : undefined;
  } catch {
    return undefined;
  }
}
