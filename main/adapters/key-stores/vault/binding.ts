/** What a sealed value is for. Names are part of the stored format. */
export type SealedPurpose =
  | 'private-key'
  | 'data-key'
  | 'sealing-key'
  | 'grant'
  | 'operator-key'
  | 'voucher'
  | 'second-factor'
  | 'share'
  | 'loan'
  | 'sheets';

/**
 * The additional authenticated data of a sealed value: its purpose and the ids it belongs to, as a JSON array (UTF-8),
 * in which no two lists of ids read the same.
 */
export function binding(purpose: SealedPurpose, ...ids: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(['keyward-vault-1', purpose, ...ids]));
}
