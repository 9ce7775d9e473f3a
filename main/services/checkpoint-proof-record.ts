import type { TimeStampAsked, TimeStampProof } from '../domain/audit/checkpoint-proof.ts';
import type { ReadStores, Stores } from '../ports/database.ts';

/** What a workspace keeps of other people's words for its log. */
export interface ProofRecord {
  /** Oldest first. */
  readonly kept: readonly TimeStampProof[];
  readonly asked: readonly TimeStampAsked[];
}

/** Older ones prove less than newer ones do: what was later is after what came before. */
const mostKept = 50;
const mostAsked = 20;

export async function readProofs({ settings }: Pick<ReadStores, 'settings'>): Promise<ProofRecord> {
  const text = await settings.get('checkpoint-proofs');
  return text === undefined ? { kept: [], asked: [] } : (JSON.parse(text) as ProofRecord);
}

export async function keepProof(stores: Stores, proof: TimeStampProof, answered?: TimeStampAsked): Promise<void> {
  const { kept, asked } = await readProofs(stores);
  await write(stores, { kept: [...kept, proof].slice(-mostKept), asked: asked.filter(({ nonce }) => nonce !== answered?.nonce) });
}

export async function keepAsked(stores: Stores, request: TimeStampAsked): Promise<void> {
  const { kept, asked } = await readProofs(stores);
  await write(stores, { kept, asked: [...asked, request].slice(-mostAsked) });
}

const write = ({ settings }: Stores, record: ProofRecord): Promise<void> => settings.put('checkpoint-proofs', JSON.stringify(record));
