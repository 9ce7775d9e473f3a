import { formatInstant } from '../asn1/read-time.ts';
import { hexEncode } from '../encoding/hex.ts';

/** What JSON can say. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };
export type JsonObject = Readonly<Record<string, JsonValue>>;

/** A value read from a file: plain objects and arrays of text, numbers, octets, instants. */
export type Readable =
  | string
  | number
  | boolean
  | null
  | undefined
  | Date
  | Uint8Array
  | readonly Readable[]
  | { readonly [name: string]: Readable };

/** The JSON of what was read: octets in lower-case hexadecimal, instants as RFC 3339, absent fields left out. */
function toJson(value: Readable): JsonValue {
  if (value instanceof Uint8Array) return hexEncode(value);
  if (value instanceof Date) return formatInstant(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object') return value;
  return toJsonObject(value);
}

/** The fields that are there, each as JSON. */
export function toJsonObject(fields: object): JsonObject {
  const entries = Object.entries<Readable>({ ...fields });
  return Object.fromEntries(
    entries.flatMap(([name, value]): [string, JsonValue][] => (value === undefined ? [] : [[name, toJson(value)]])),
  );
}
