import type { JsonObject } from '../../../main/domain/inspect/json.ts';
import { allFields } from './fields-of.ts';

export interface ComparedField {
  readonly name: string;
  readonly values: readonly [string, string];
  readonly isSame: boolean;
}

const missing = '—';

/** Every field that either of two readings has, those that differ first, else in their own order. */
export function comparedFields(first: JsonObject, second: JsonObject): readonly ComparedField[] {
  const [one, two] = [first, second].map((reading) => new Map(allFields(reading).map(({ name, value }) => [name, value])));
  const names = [...new Set([...(one?.keys() ?? []), ...(two?.keys() ?? [])])];
  const fields = names.map((name): ComparedField => {
    const values = [one?.get(name), two?.get(name)] as const;
    return { name, values: [values[0] ?? missing, values[1] ?? missing], isSame: values[0] === values[1] };
  });
  return [...fields.filter(({ isSame }) => !isSame), ...fields.filter(({ isSame }) => isSame)];
}
