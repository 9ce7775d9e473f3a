import type { JsonObject, JsonValue } from '../../../main/domain/inspect/json.ts';

/** One field of a reading: its name as the standard has it, parts of it after dots. */
export interface Field {
  readonly name: string;
  readonly value: string;
}

export interface ExtensionFields {
  readonly name: string;
  readonly isCritical: boolean;
  readonly fields: readonly Field[];
}

/** More than this nobody reads; the core has cut every list already. */
const maximumFields = 500;

/** The fields of a reading, extensions aside, one line for each that says something. */
export const basicFields = (reading: JsonObject): readonly Field[] =>
  Object.entries(reading)
    .flatMap(([name, value]) => (name === 'extensions' ? [] : flatten(name, value)))
    .slice(0, maximumFields);

/** Every extension of a reading with its own fields. */
export function extensionsOf({ extensions }: JsonObject): readonly ExtensionFields[] {
  if (!isObject(extensions)) return [];
  return Object.entries(extensions).flatMap(([name, extension]) =>
    isObject(extension)
      ? [{ name, isCritical: extension['critical'] === true, fields: flatten('', extension['value'] ?? null).slice(0, maximumFields) }]
      : [],
  );
}

/** All of them in one list, for comparing. */
export const allFields = (reading: JsonObject): readonly Field[] => [
  ...basicFields(reading),
  ...extensionsOf(reading).flatMap(({ name, isCritical, fields }) => [
    { name, value: isCritical ? 'critical' : '' },
    ...fields.map((field) => ({ name: field.name === '' ? name : `${name}.${field.name}`, value: field.value })),
  ]),
];

function flatten(name: string, value: JsonValue): readonly Field[] {
  if (isList(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null)) return [{ name, value: value.map(String).join('\n') }];
    return value.flatMap((item, at) => flatten(`${name}[${at}]`, item));
  }
  if (isObject(value)) return Object.entries(value).flatMap(([key, inner]) => flatten(name === '' ? key : `${name}.${key}`, inner));
  return [{ name, value: value === null ? '' : String(value) }];
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
