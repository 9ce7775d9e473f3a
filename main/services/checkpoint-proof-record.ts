import type { CheckpointProof, TimeStampAsked } from '../domain/audit/checkpoint-proof.ts';
import type { ReadStores, Stores } from '../ports/database.ts';

/** What a workspace keeps of other people's words for its log. */
export interface ProofRecord {
  /** Oldest first. */
  readonly kept: readonly CheckpointProof[];
  readonly asked: readonly TimeStampAsked[];
}

/** Of each kind. Older ones prove less than newer ones do: what was later is after what came before. */
const mostKept = 50;
const mostAsked = 20;

export async function readProofs({ settings }: Pick<ReadStores, 'settings'>): Promise<ProofRecord> {
  const text = await settings.get('checkpoint-proofs');
  return text === undefined ? { kept: [], asked: [] } : (JSON.parse(text) as ProofRecord);
}

export async function keepProof(stores: Stores, proof: CheckpointProof, answered?: TimeStampAsked): Promise<void> {
  const { kept, asked } = await readProofs(stores);
  await write(stores, { kept: newest([...kept, proof]), asked: asked.filter(({ nonce }) => nonce !== answered?.nonce) });
}

function newest(proofs: readonly CheckpointProof[]): CheckpointProof[] {
  const stays = new Set(['time-stamp', 'cosignature'].flatMap((kind) => proofs.filter((proof) => proof.kind === kind).slice(-mostKept)));
  return proofs.filter((proof) => stays.has(proof));
}

export async function keepAsked(stores: Stores, request: TimeStampAsked): Promise<void> {
  const { kept, asked } = await readProofs(stores);
  await write(stores, { kept, asked: [...asked, request].slice(-mostAsked) });
}

const write = ({ settings }: Stores, record: ProofRecord): Promise<void> => settings.put('checkpoint-proofs', JSON.stringify(record));
