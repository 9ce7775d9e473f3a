import { parseWitnessKey } from '../domain/audit/signed-note.ts';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { WitnessAnswer, WitnessView } from '../contract/witnesses.ts';
import { askWitness, type AskWitnessParts, type WitnessWord } from './ask-witness.ts';
import type { AuditTrail } from './audit-trail.ts';
import { keepProof } from './checkpoint-proof-record.ts';
import type { AreaHandlers } from './handler.ts';
import type { KeptCheckpoints } from './kept-checkpoints.ts';
import { readLogKeySetting } from './log-key.ts';
import { requireNewestSigned, type NewestSigned } from './newest-signed.ts';
import { changeWitness, readWitnesses, requireWitness, writeWitnesses, type WitnessRecord } from './witness-records.ts';

export interface WitnessParts extends AskWitnessParts {
  readonly auditTrail: AuditTrail;
  readonly kept: Pick<KeptCheckpoints, 'suspectWitnessed'>;
}

const mostWitnesses = 20;

/** Witnesses of the log: whom somebody set up, and what they say. */
export const createWitnessHandlers = (parts: WitnessParts): AreaHandlers<'witnesses'> => ({
  list: async () => {
    const [witnesses, { vkey }] = await Promise.all([readWitnesses(parts.read()), readLogKeySetting(parts.read())]);
    return { witnesses: witnesses.map(viewOf), logKey: vkey };
  },
  add: async ({ vkey, url }) => {
    const { name } = parseWitnessKey(vkey, parts.sha256);
    return async (stores) => {
      const witnesses = await readWitnesses(stores);
      if (witnesses.some((witness) => witness.name === name))
        throw new AppError('input.name-taken', 'There is a witness of this name.', { name });
      if (witnesses.length >= mostWitnesses)
        throw new AppError('input.too-large', 'There are as many witnesses as there may be.', { limit: mostWitnesses });
      const witness: WitnessRecord = { name, url, vkey, cosigned: null, failure: null };
      await writeWitnesses(stores, [...witnesses, witness]);
      return { value: viewOf(witness), subject: { witness: name } };
    };
  },
  remove: async ({ name }) => {
    await requireWitness(parts.read(), name);
    return async (stores) => {
      const witnesses = await readWitnesses(stores);
      await writeWitnesses(
        stores,
        witnesses.filter((witness) => witness.name !== name),
      );
      return { value: null };
    };
  },
  ask: async ({ name }) => {
    const stores = parts.read();
    const asked = name === undefined ? await readWitnesses(stores) : [await requireWitness(stores, name)];
    if (asked.length === 0) throw new AppError('not-found', 'No witness is set up.', { what: 'witness' });
    return ask(parts, asked, await requireNewestSigned(stores));
  },
});

const viewOf = ({ name, url, vkey, cosigned, failure }: WitnessRecord): WitnessView => ({ name, url, vkey, cosigned, failure });

interface Outcome {
  readonly witness: WitnessRecord;
  readonly word?: WitnessWord;
  readonly error?: AppError;
}

/** Side by side. Where nobody cosigns, the first reason is what the command fails for; what they said is remembered in any case. */
async function ask(parts: WitnessParts, asked: readonly WitnessRecord[], signed: NewestSigned) {
  const outcomes = await Promise.all(asked.map((witness) => outcomeOf(parts, witness, signed)));
  await remember(parts, outcomes);
  const [refusal] = outcomes.flatMap(({ error }) => error ?? []);
  const proofs = outcomes.flatMap(({ word }) => (word !== undefined && 'proof' in word ? [word.proof] : []));
  if (proofs.length === 0 && refusal !== undefined) throw refusal;
  return async (stores: Parameters<typeof keepProof>[0]) => {
    for (const proof of proofs) await keepProof(stores, proof);
    const answers = outcomes.map((outcome) => answerOf(outcome, signed.size));
    const cosigned = answers.filter(({ time }) => time !== null).map(({ name }) => name);
    return { value: { answers }, subject: { size: signed.size, cosigned } };
  };
}

async function outcomeOf(parts: WitnessParts, witness: WitnessRecord, signed: NewestSigned): Promise<Outcome> {
  try {
    const word = await askWitness(parts, witness, signed);
    if ('proof' in word) return { witness, word };
    const suspicion = { ...word.suspicion, entries: signed.size, file: witness.name };
    await parts.kept.suspectWitnessed(suspicion);
    return {
      witness,
      word,
      error: new AppError('integrity.rollback-suspected', 'A witness knows another past of this log.', { ...suspicion }),
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { witness, error };
  }
}

const answerOf = ({ witness, word, error }: Outcome, size: number): WitnessAnswer => ({
  name: witness.name,
  size,
  time: word !== undefined && 'time' in word ? word.time : null,
  error: error?.code ?? null,
});

/** In a unit of its own: a command that fails changes nothing else. */
async function remember({ auditTrail, clock }: WitnessParts, outcomes: readonly Outcome[]): Promise<void> {
  const now = clock.now().toISOString();
  await auditTrail.record(async (stores) => {
    for (const { witness, word, error } of outcomes) await changeWitness(stores, witness.name, changeOf(witness, now, word, error?.code));
    return { value: undefined, entries: [] };
  });
}

function changeOf(
  witness: WitnessRecord,
  now: string,
  word: WitnessWord | undefined,
  error: ErrorCode | undefined,
): Partial<WitnessRecord> {
  if (error !== undefined) return { failure: { since: witness.failure?.since ?? now, error } };
  return word !== undefined && 'proof' in word ? { failure: null, cosigned: { size: word.proof.size, time: word.time } } : {};
}
