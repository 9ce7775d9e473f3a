import { compareOctets } from '../domain/asn1/der-writer.ts';
import { signCheckpoint } from '../domain/audit/checkpoint.ts';
import { hashToBytes, type Hash, type Sha256, type TreeHasher } from '../domain/audit/hash.ts';
import { appendLeaves, decodeEdge, edgeRoot, emptyEdge } from '../domain/audit/merkle-tree.ts';
import { noteKey, parseVerifierKey, type NoteKey } from '../domain/audit/signed-note.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import type { CheckpointRecord } from '../ports/stores/audit-log.ts';
import type { LogKey as SigningKey, UnlockedOperator, Vault } from '../ports/vault.ts';
import type { KeyAccess } from './key-access.ts';

/** The key that signs the log's checkpoints: open while somebody is signed in, otherwise entries wait as an unsigned tail. */
export interface LogKey {
  /** A signed note over a tree of that size and root, or null while the key is locked or the tail did not hold. */
  sign(size: number, root: Hash): string | null;
  /**
   * Opens the key with an operator's keys, once the unsigned tail has been checked to extend the last signed checkpoint.
   * A tail that does not is never signed; verifying the log says what is wrong.
   */
  open(operator: UnlockedOperator): Promise<{ readonly unsignedEntries: number }>;
  /** Whether the key that the vault keeps turned out not to be the one that the log is held against: then nothing is signed. */
  isChanged(): boolean;
  /** Takes a key that was just made; from here on it is wiped with `close`. */
  use(key: NoteKey, signingKey: SigningKey): void;
  close(): void;
}

/** What a workspace keeps of its log key in the clear. */
export interface LogKeySetting {
  readonly keyId: string;
  readonly vkey: string;
}

export interface LogKeyParts {
  readonly read: () => ReadStores;
  readonly vault: Vault;
  readonly keyAccess: KeyAccess;
  readonly hasher: TreeHasher;
  readonly sha256: Sha256;
}

export function createLogKey(parts: LogKeyParts): LogKey {
  let signer: { readonly key: NoteKey; readonly signingKey: SigningKey } | undefined;
  let isChanged = false;
  const close = () => {
    signer?.signingKey.wipe();
    signer = undefined;
  };
  const use: LogKey['use'] = (key, signingKey) => {
    close();
    signer = { key, signingKey };
  };
  return {
    use,
    close,
    isChanged: () => isChanged,
    sign: (size, root) => {
      if (signer === undefined) return null;
      const { key, signingKey } = signer;
      return signCheckpoint({ origin: key.name, size, root }, key, (message) => signingKey.sign(message));
    },
    open: async (operator) => {
      const tail = await checkTail(parts);
      const opened = await openKey(parts, operator);
      isChanged = compareOctets(opened.key.publicKey, opened.signingKey.publicKey) !== 0;
      if (tail.holds && !isChanged) use(opened.key, opened.signingKey);
      else opened.signingKey.wipe();
      return { unsignedEntries: tail.length };
    },
  };
}

async function openKey(
  parts: LogKeyParts,
  operator: UnlockedOperator,
): Promise<{ readonly key: NoteKey; readonly signingKey: SigningKey }> {
  const { keyId, vkey } = await readLogKeySetting(parts.read());
  const { record, under } = await parts.keyAccess.find(operator, keyId, 'audit');
  return { key: parseVerifierKey(vkey, parts.sha256), signingKey: parts.vault.openLogKey(record, under) };
}

/** @throws AppError store.corrupt when a workspace has no log key. */
export async function readLogKeySetting(stores: ReadStores): Promise<LogKeySetting> {
  const text = await stores.settings.get('log-key');
  if (text === undefined) throw new AppError('store.corrupt', 'This workspace has lost the key of its log.', { what: 'log key' });
  return JSON.parse(text) as LogKeySetting;
}

/** Names a new log after its workspace. */
export const logNoteKey = (workspaceId: string, publicKey: Uint8Array, sha256: Sha256): NoteKey =>
  noteKey(`keyward/${workspaceId}`, publicKey, sha256);

async function checkTail(parts: LogKeyParts): Promise<{ readonly holds: boolean; readonly length: number }> {
  const log = parts.read().auditLog;
  const [signed, latest] = [await log.latestSigned(), await log.latestCheckpoint()];
  if (latest === undefined) return { holds: true, length: 0 };
  return { holds: await extendsTo(parts, signed, latest), length: latest.size - (signed?.size ?? 0) };
}

async function extendsTo(parts: LogKeyParts, signed: CheckpointRecord | undefined, latest: CheckpointRecord): Promise<boolean> {
  let edge = signed === undefined ? emptyEdge : decodeEdge(signed.size, signed.edge);
  if (edge === undefined) return false;
  for await (const batch of parts.read().auditLog.leaves(edge.size, 1000)) {
    edge = appendLeaves(
      parts.hasher,
      edge,
      batch.map(({ leaf }) => parts.hasher.leaf(leaf)),
    );
  }
  return edge.size === latest.size && compareOctets(hashToBytes(edgeRoot(parts.hasher, edge)), latest.root) === 0;
}
