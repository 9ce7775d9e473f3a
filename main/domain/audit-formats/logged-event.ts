import type { AuditEntry } from '../audit/entry.ts';

/** An entry of the log with what other systems are told about it. Everything comes from the log and from public records: no secret has a place here. */
export interface LoggedEvent {
  /** The log's name, as its checkpoints have it. */
  readonly log: string;
  readonly index: number;
  readonly entry: AuditEntry;
  /** SHA-256 of the leaf (RFC 6962), hexadecimal: ties what is told to what can be proven. */
  readonly leafHash: string;
  /** What the operator is called now; null for the core's own acts and strangers. */
  readonly operatorName: string | null;
  /** SHA-256, hexadecimal, of certificates and public keys that the entry names by id. */
  readonly digests: ReadonlyMap<string, string>;
}

export type ObjectKind = 'person' | 'operator' | 'certificate' | 'key' | 'authority' | 'token' | 'record';

/** Something that an entry is about. People and operators by id only. */
export interface EventObject {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly sha256: string | undefined;
}

/** A fact of an entry that names no object. */
export interface EventDetail {
  readonly name: string;
  readonly value: string;
}

const kinds: Readonly<Record<string, ObjectKind>> = {
  person: 'person',
  people: 'person',
  operator: 'operator',
  officers: 'operator',
  certificate: 'certificate',
  certificates: 'certificate',
  key: 'key',
  keys: 'key',
  authority: 'authority',
  authorities: 'authority',
  replaced: 'authority',
  rootAuthority: 'authority',
  issuingAuthority: 'authority',
  token: 'token',
  job: 'record',
  request: 'record',
  backup: 'record',
  backups: 'record',
  openPgp: 'record',
};

const kindOf = (name: string): ObjectKind | undefined => (Object.hasOwn(kinds, name) ? kinds[name] : undefined);

const isObject = ([name, value]: readonly [string, unknown]): boolean =>
  kindOf(name) !== undefined && (Array.isArray(value) || (typeof value === 'string' && value !== ''));

export function objectsOf({ entry: { subject }, digests }: LoggedEvent): readonly EventObject[] {
  return Object.entries(subject)
    .filter(isObject)
    .flatMap(([name, value]) => {
      const ids = typeof value === 'object' ? value : [String(value)];
      return ids.map((id) => ({ kind: kindOf(name) ?? 'record', id, sha256: digests.get(id) }));
    });
}

export function detailsOf({ entry: { subject } }: LoggedEvent): readonly EventDetail[] {
  return Object.entries(subject)
    .filter((fact) => !isObject(fact))
    .map(([name, value]) => ({ name, value: typeof value === 'object' ? value.join(' ') : String(value) }));
}
