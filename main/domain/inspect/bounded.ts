import type { JsonObject, JsonValue } from './json.ts';

/** What a reader can take in of one list, and of one text. */
const longestList = 200;
const longestText = 2000;

/** A reading no longer than anybody reads: of a longer list the first two hundred, then `"… 9800"`; texts are cut likewise. */
export const boundedReading = (reading: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(reading)
      .slice(0, longestList)
      .map(([name, value]) => [name, bounded(value)]),
  );

function bounded(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.length <= longestText ? value : `${value.slice(0, longestText)}…`;
  if (isList(value)) return [...value.slice(0, longestList).map(bounded), ...rest(value.length - longestList)];
  return typeof value === 'object' && value !== null ? boundedReading(value) : value;
}

const rest = (count: number): readonly string[] => (count > 0 ? [`… ${count}`] : []);

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
