import { AppError } from '../domain/errors.ts';
import { readCompromisedList } from '../domain/key/compromised-list.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { Random } from '../ports/random.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AreaHandlers, Commit } from './handler.ts';
import { checkInventory } from './key-inventory.ts';

export interface KeyParts {
  readonly read: () => ReadStores;
  readonly random: Random;
  readonly primitives: Primitives;
  /** Lets everything else have its turn. */
  readonly giveWay: () => Promise<void>;
}

/** The keys of the practice and those it must not meet. */
export function createKeyHandlers(parts: KeyParts): AreaHandlers<'keys'> {
  return {
    addCompromised: async ({ file }) => addCompromised(parts, file),
    compromisedLists: async () => ({ lists: await parts.read().compromisedKeys.lists() }),
    checkInventory: async () => checkInventory(parts.read(), parts),
  };
}

interface AddedList {
  readonly list: string;
  readonly added: number;
  readonly known: number;
}

/** @throws AppError as `readCompromisedList` */
async function addCompromised(
  { random }: KeyParts,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Commit<AddedList>> {
  const names = readCompromisedList(file.bytes);
  const list = random.uuid();
  return async (stores, { time }) => {
    const known = await stores.compromisedKeys.listed(names);
    const fresh = names.filter((name) => !known.has(name));
    if (fresh.length === 0) throw new AppError('conflict', 'Every key of this list is known already.', { what: 'list' });
    await stores.compromisedKeys.add({ id: list, name: file.name, keys: fresh.length, addedAt: time }, fresh);
    return { value: { list, added: fresh.length, known: known.size }, subject: { list, keys: fresh.length } };
  };
}
