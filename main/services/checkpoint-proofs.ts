import type { CheckpointProofView } from '../contract/audit.ts';
import { FileContent } from '../contract/secret.ts';
import type { CosignatureProof } from '../domain/audit/checkpoint-proof.ts';
import { instantOf } from '../domain/audit/cosignature.ts';
import { keptName } from '../domain/audit/kept-checkpoint.ts';
import { judgeNote, parseVerifierKey, parseWitnessKey, type VerifyEd25519 } from '../domain/audit/signed-note.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import { readProofs } from './checkpoint-proof-record.ts';
import type { AreaHandlers } from './handler.ts';
import { readLogKeySetting } from './log-key.ts';
import { timeStampFiles, viewTimeStamp, type TimeStampParts } from './time-stamps.ts';

interface ProofParts extends Pick<TimeStampParts, 'read' | 'sha256' | 'toolPrimitives'> {
  readonly verifyEd25519: VerifyEd25519;
}

/** What others have said for checkpoints of the log, judged anew each time: what is stored is not taken for what it was. */
export const createProofHandlers = (parts: ProofParts): Pick<AreaHandlers<'audit'>, 'checkpointProofs'> => ({
  checkpointProofs: async () => {
    const stores = parts.read();
    const { kept } = await readProofs(stores);
    if (kept.length === 0) return { proofs: [] };
    const { vkey } = await readLogKeySetting(stores);
    return {
      proofs: kept.map((proof) => (proof.kind === 'time-stamp' ? viewTimeStamp(parts, proof) : viewCosignature(parts, proof, vkey))),
    };
  },
});

/** What lies in an export beside the log. */
export async function proofFiles(stores: ReadStores): Promise<FileContent[]> {
  const { kept } = await readProofs(stores);
  return kept.flatMap((proof) => (proof.kind === 'time-stamp' ? timeStampFiles(proof) : cosignatureFiles(proof)));
}

/** The cosigned checkpoint, and the key of the witness. */
function cosignatureFiles({ note, size, at, vkey }: CosignatureProof): FileContent[] {
  const base = keptName(originOf(note), size).replace(/\.checkpoint$/, '');
  const name = `witnesses/${base}-${at.replaceAll(/[^0-9]/g, '')}`;
  return [new FileContent(`${name}.checkpoint`, Buffer.from(note)), new FileContent(`${name}.vkey`, Buffer.from(`${vkey}\n`))];
}

const originOf = (note: string): string => note.slice(0, note.indexOf('\n'));

/** The log and the witness must have signed the same lines. */
function viewCosignature(
  { sha256, verifyEd25519 }: Pick<ProofParts, 'sha256' | 'verifyEd25519'>,
  { kind, note, size, source, at, vkey }: CosignatureProof,
  logKey: string,
): CheckpointProofView {
  const about = { kind, size, source, at };
  try {
    const [log, witness] = [parseVerifierKey(logKey, sha256), parseWitnessKey(vkey, sha256)];
    const { signers, text } = judgeNote(note, [log, witness], verifyEd25519);
    const authority = `${witness.name}+${witness.keyId}`;
    const seconds = signers.find(({ isWitness }) => isWitness === true)?.seconds;
    const holds = signers.length === 2 && text.startsWith(`${log.name}\n${size}\n`);
    const time = seconds === undefined ? null : instantOf(seconds);
    return { ...about, time, authority, holds, findings: holds ? [] : ['cosignature'] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...about, time: null, authority: '', holds: false, findings: [error.code] };
  }
}
