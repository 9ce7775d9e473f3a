import type { CosignatureProof } from '../domain/audit/checkpoint-proof.ts';
import { parseCheckpoint } from '../domain/audit/checkpoint.ts';
import { instantOf } from '../domain/audit/cosignature.ts';
import type { Sha256, TreeHasher } from '../domain/audit/hash.ts';
import type { RollbackSuspicion } from '../domain/audit/kept-checkpoint.ts';
import { consistencyPath } from '../domain/audit/merkle-proof.ts';
import { judgeNote, parseWitnessKey, type NoteKey, type VerifyEd25519 } from '../domain/audit/signed-note.ts';
import { addCheckpointBody, cosignatureLines, longestAnswer, readKnownSize } from '../domain/audit/witness-answer.ts';
import { utf8Decode, utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { RemoteAnswer, RemoteRequests } from '../ports/remote-requests.ts';
import { createRangeHashes } from './log-proofs.ts';
import type { NewestSigned } from './newest-signed.ts';
import type { WitnessRecord } from './witness-records.ts';

export interface AskWitnessParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  readonly hasher: TreeHasher;
  readonly sha256: Sha256;
  readonly verifyEd25519: VerifyEd25519;
  readonly remoteRequests: RemoteRequests;
}

/** That a witness cosigned, or that it knows another past of this log. */
export type WitnessWord =
  | { readonly proof: CosignatureProof; readonly time: string }
  | { readonly suspicion: Omit<RollbackSuspicion, 'file' | 'entries'> };

/**
 * Asks for a cosignature (C2SP tlog-witness), from the size that it cosigned last here, or else from the one that it names itself. A witness that has
 * seen more of this log than there is, or other entries, knows another past of it.
 * @throws AppError remote.*, input.wrong-cosignature, input.too-large
 */
export async function askWitness(parts: AskWitnessParts, witness: WitnessRecord, signed: NewestSigned): Promise<WitnessWord> {
  const first = Math.min(witness.cosigned?.size ?? 0, signed.size);
  const answer = await post(parts, witness, signed, first);
  if (answer.status !== 409) return wordOf(parts, witness, signed, { answer, from: first });
  const known = readKnownSize(utf8Decode(answer.body) ?? '');
  if (known === undefined) throw refused(witness, answer.status);
  if (known > signed.size) return { suspicion: { kind: 'cut-off', size: known } };
  if (known === first && first > 0) return { suspicion: { kind: 'rewritten', size: known } };
  return wordOf(parts, witness, signed, { answer: await post(parts, witness, signed, known), from: known });
}

async function post(
  { read, hasher, remoteRequests }: AskWitnessParts,
  { url }: WitnessRecord,
  { size, note }: NewestSigned,
  from: number,
): Promise<RemoteAnswer> {
  const proof = from === 0 || from === size ? [] : await consistencyPath(from, size, createRangeHashes(read(), hasher));
  return remoteRequests.post({
    url: `${url.replace(/\/$/, '')}/add-checkpoint`,
    contentType: 'text/plain; charset=utf-8',
    accept: 'text/plain',
    body: utf8Encode(addCheckpointBody(from, proof, note)),
    mostOctets: longestAnswer,
  });
}

function wordOf(
  parts: AskWitnessParts,
  witness: WitnessRecord,
  signed: NewestSigned,
  { answer, from }: { readonly answer: RemoteAnswer; readonly from: number },
): WitnessWord {
  const { status, body } = answer;
  if (status === 200) return takeIn(parts, witness, signed, utf8Decode(body) ?? '');
  // What we sent leads from the entries that are here to the signed total: it saw others.
  if ((status === 422 || status === 409) && from > 0) return { suspicion: { kind: 'rewritten', size: from } };
  throw refused(witness, status);
}

function refused({ url }: WitnessRecord, status: number): AppError {
  const details = { host: new URL(url).host, status };
  return status === 403 || status === 404
    ? new AppError('remote.log-unknown', 'The witness does not know this log.', details)
    : new AppError('remote.refused', 'The witness has not cosigned.', details);
}

/** @throws AppError input.wrong-cosignature where it is not over this total by this witness */
function takeIn(
  { sha256, verifyEd25519, clock }: AskWitnessParts,
  { url, vkey }: WitnessRecord,
  signed: NewestSigned,
  body: string,
): WitnessWord {
  const key = parseWitnessKey(vkey, sha256);
  const note = `${signed.note}${cosignatureLines(body, key.name)}`;
  const seconds = secondsOf(note, signed, key, verifyEd25519);
  if (seconds === undefined)
    throw new AppError('input.wrong-cosignature', 'What the witness answers is not its signature under this total.', {
      host: new URL(url).host,
    });
  const proof = { kind: 'cosignature', size: signed.size, note, source: url, vkey, at: clock.now().toISOString() } as const;
  return { proof, time: instantOf(seconds) };
}

function secondsOf(note: string, { size }: NewestSigned, key: NoteKey, verify: VerifyEd25519): number | undefined {
  const { signers, forged, text } = judgeNote(note, [key], verify);
  return forged.length === 0 && parseCheckpoint(text).size === size ? signers[0]?.seconds : undefined;
}
