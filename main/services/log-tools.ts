import type { Hash, Sha256, TreeHasher } from '../domain/audit/hash.ts';
import { verifySelection } from '../domain/audit/selected-entry.ts';
import { verifyExportedLog } from '../domain/audit/exported-log.ts';
import type { TileFiles } from '../domain/audit/exported-tiles.ts';
import { readSealed } from '../domain/audit/sealed-part.ts';
import { verifyConsistency, verifyInclusion } from '../domain/audit/merkle-proof.ts';
import {
  formatVerifierKey,
  judgeNote,
  parseWitnessKey,
  parseVerifierKey,
  type NoteKey,
  type VerifyEd25519,
} from '../domain/audit/signed-note.ts';
import { base64Decode, base64Encode } from '../domain/encoding/base64.ts';
import { instantOf } from '../domain/audit/cosignature.ts';
import { AppError } from '../domain/errors.ts';
import type { FileContent } from '../contract/secret.ts';
import type { NoteCheck, ProofCheck } from '../contract/tools.ts';
import type { AreaHandlers } from './handler.ts';

export interface LogToolParts {
  readonly hasher: TreeHasher;
  readonly sha256: Sha256;
  readonly verifyEd25519: VerifyEd25519;
}

/** Checking notes, proofs and whole logs that anybody brings; nothing is kept. */
export function createLogTools(
  parts: LogToolParts,
): Pick<AreaHandlers<'tools'>, 'verifyNote' | 'verifyInclusion' | 'verifyConsistency' | 'verifyExportedLog' | 'verifySelection'> {
  const { hasher, sha256, verifyEd25519 } = parts;
  return {
    verifyNote: async ({ file, vkeys, witnesses }) => {
      const asked = witnesses.map((vkey) => parseWitnessKey(vkey, sha256));
      const keys = vkeys.map((vkey) => parseVerifierKey(vkey, sha256));
      return noteCheck(judgeNote(noteText(file), [...keys, ...asked], verifyEd25519), asked);
    },
    verifyInclusion: async ({ leafHash, rootHash, path, ...place }) => {
      const hashes = { leafHash: hashOf('leafHash', leafHash), rootHash: hashOf('rootHash', rootHash) };
      return proofCheck(verifyInclusion(hasher, { ...place, ...hashes, path: path.map((hash) => hashOf('path', hash)) }));
    },
    verifyConsistency: async ({ root1, root2, path, ...sizes }) => {
      const roots = { root1: hashOf('root1', root1), root2: hashOf('root2', root2) };
      return proofCheck(verifyConsistency(hasher, { ...sizes, ...roots, path: path.map((hash) => hashOf('path', hash)) }));
    },
    verifyExportedLog: async ({ entries, tiles, leafHashes, sealed, ...given }) => {
      const head = headOf(given, sha256);
      const log = {
        ...head.log,
        entries: linesOf(entries),
        tiles: filesByName(tiles),
        leafHashes: leafHashes?.bytes,
        sealed: sealedIn(sealed),
      };
      return { ...(await verifyExportedLog(log, { hasher, verifyEd25519 })), ...head.keyUsed };
    },
    verifySelection: async ({ selected, ...given }) => {
      const head = headOf(given, sha256);
      return { ...verifySelection({ ...head.log, lines: linesOf(selected) }, { hasher, verifyEd25519 }), ...head.keyUsed };
    },
  };
}

/** @throws AppError input.invalid for what does not say how many entries are in archives */
function sealedIn(file: FileContent | undefined): number | undefined {
  if (file === undefined) return undefined;
  const sealed = readSealed(strictText(file.bytes) ?? '');
  if (sealed === undefined) throw new AppError('input.invalid', 'This does not say what is in archives.', { field: 'sealed' });
  return sealed;
}

interface GivenHead {
  readonly checkpoint?: FileContent | undefined;
  readonly bundleKey?: FileContent | undefined;
  readonly vkey?: string | undefined;
}

/** The note and the key to hold it against. A note that is no UTF-8 is for the verification to name, as malformed. */
function headOf({ checkpoint, bundleKey, vkey }: GivenHead, sha256: Sha256) {
  const key = vkey === undefined ? keyBeside(bundleKey, sha256) : parseVerifierKey(vkey, sha256);
  const keyFrom = vkey === undefined ? ('bundle' as const) : ('given' as const);
  return {
    log: { checkpoint: checkpoint && (strictText(checkpoint.bytes) ?? ''), key },
    keyUsed: { key: formatVerifierKey(key), keyFrom },
  };
}

function filesByName(files: readonly FileContent[]): TileFiles {
  const byName = new Map(files.map((file) => [file.name, file]));
  return { names: [...byName.keys()], read: (name) => byName.get(name)?.bytes };
}

/** One known log must have signed, and every witness that was named. */
function noteCheck({ text, signers, forged }: ReturnType<typeof judgeNote>, witnesses: readonly NoteKey[]): NoteCheck {
  const named = signers.map(({ name, keyId, seconds }) => ({
    name,
    keyId,
    ...(seconds === undefined ? {} : { time: instantOf(seconds) }),
  }));
  const [finding] = [
    ...(forged.length > 0 ? [{ code: 'note.wrong-signature', detail: 'A signature under a known key does not hold.' } as const] : []),
    ...(signers.every(({ isWitness }) => isWitness === true)
      ? [{ code: 'note.unknown-signers', detail: 'None of the known keys has signed this note.' } as const]
      : []),
    ...(witnesses.every(({ keyId }) => signers.some((signer) => signer.isWitness === true && signer.keyId === keyId))
      ? []
      : [{ code: 'note.not-cosigned', detail: 'A witness that was named has not signed this note.' } as const]),
  ];
  return finding === undefined
    ? { valid: true, signers: named, text, findings: [] }
    : { valid: false, signers: named, text: null, findings: [finding] };
}

function proofCheck(valid: boolean): ProofCheck {
  return { valid, findings: valid ? [] : [{ code: 'proof.does-not-hold', detail: 'The path does not lead from the one to the other.' }] };
}

/** Octets of any length: that what is no hash proves nothing is for the proof to say. @throws AppError input.invalid */
function hashOf(field: string, text: string): Hash {
  const octets = base64Decode(text);
  if (octets === undefined || base64Encode(octets) !== text)
    throw new AppError('input.invalid', 'This is not base64 as an encoder writes it.', { field, rule: 'base64' });
  return String.fromCharCode(...octets);
}

function noteText(file: FileContent): string {
  const text = strictText(file.bytes);
  if (text === undefined) throw new AppError('input.invalid', 'This is not a signed note.', { field: 'note' });
  return text;
}

/** @throws AppError input.invalid */
function keyBeside(file: FileContent | undefined, sha256: Sha256): NoteKey {
  if (file === undefined)
    throw new AppError('input.invalid', 'No key lies beside the log: give the one you know with --vkey.', {
      field: 'vkey',
      rule: 'required',
    });
  return parseVerifierKey((strictText(file.bytes) ?? '').replace(/\n$/, ''), sha256);
}

function strictText(octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return undefined;
  }
}

/** Each line ends in a line feed; the last may lack it. */
function* linesOf(files: readonly FileContent[]): Generator<string | undefined> {
  for (const { bytes } of files)
    for (let at = 0; at < bytes.length;) {
      const found = bytes.indexOf(0x0a, at);
      const end = found < 0 ? bytes.length : found;
      yield strictText(bytes.subarray(at, end));
      at = end + 1;
    }
}
