/**
 * The first thing that is wrong with a log.
 * - `leaf-changed`: the text of this entry is not the one that was hashed.
 * - `leaf-hash-changed`: the text is the signed one, the hash stored beside it is not.
 * - `leaf-missing`, `leaf-repeated`: the entries are not numbered one by one; the number expected here.
 * - `leaf-malformed`: hashed as it stands, but not an entry that Keyward writes.
 * - `truncated`: a checkpoint counts entries that are not there.
 * - `entries-rewritten`: each of the entries `from` to `to` fits its stored hash, but not the checkpoint over them: one or
 *   more was changed, swapped, put in or taken out together with its hash.
 * - `checkpoint-signature`: the note is not signed by the log key.
 * - `checkpoint-malformed`: the checkpoint cannot be read.
 * - `checkpoint-changed`: what is stored is not what the note says, or for an unsigned one not what its edge gives.
 * - `checkpoint-order`: it does not come after the one before.
 * - `edge-mismatch`: the stored right edge is not that of the entries.
 * - `never-signed`: there are entries, and no checkpoint over any of them is signed.
 * - `log-key-changed`: the key that the checkpoints are held against is not the one that the vault keeps.
 */
export type LogFault =
  | LeafFault
  | TruncationFault
  | RewriteFault
  | CheckpointFault
  | { readonly kind: 'never-signed' }
  | { readonly kind: 'log-key-changed' };

export interface LeafFault {
  readonly kind: 'leaf-changed' | 'leaf-hash-changed' | 'leaf-missing' | 'leaf-repeated' | 'leaf-malformed';
  readonly index: number;
}

export interface TruncationFault {
  readonly kind: 'truncated';
  /** Index of the first entry that is not there. */
  readonly index: number;
  /** Size of the checkpoint. */
  readonly checkpoint: number;
}

export interface RewriteFault {
  readonly kind: 'entries-rewritten';
  readonly from: number;
  readonly to: number;
  readonly checkpoint: number;
}

export interface CheckpointFault {
  readonly kind: 'checkpoint-signature' | 'checkpoint-malformed' | 'checkpoint-changed' | 'checkpoint-order' | 'edge-mismatch';
  readonly checkpoint: number;
}
