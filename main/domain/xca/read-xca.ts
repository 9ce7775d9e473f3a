import { base64Decode } from '../encoding/base64.ts';
import { AppError } from '../errors.ts';
import type { IssuedRevocation } from '../openssl-ca/match-index.ts';
import { numberAfter } from '../openssl-ca/match-list.ts';
import { plainSerial } from '../openssl-ca/read-index.ts';
import { reasonFlagNames } from '../x509/extension-values.ts';
import { readCertificateList } from '../x509/read-certificate-list.ts';
import type { RevocationReason } from '../x509/revocation-reason.ts';
import { damaged, openPages } from './sqlite-pages.ts';
import { readTable, type SqliteRecord } from './sqlite-table.ts';

/** A certificate an authority in XCA has revoked. */
interface XcaRevocation extends IssuedRevocation {
  /** Hexadecimal, lower case, without leading zeros. */
  readonly serialNumber: string;
}

/** An authority as XCA keeps it. */
export interface XcaAuthority {
  /** What it is called in XCA. */
  readonly name: string;
  /** DER. */
  readonly certificate: Uint8Array;
  /** EncryptedPrivateKeyInfo (RFC 5958) under the database's password or its own; absent where XCA has no key, or a card has it. */
  readonly key?: Uint8Array;
  /** DER, in no order. */
  readonly issued: readonly Uint8Array[];
  readonly revocations: readonly XcaRevocation[];
  readonly nextListNumber: number;
}

/**
 * Reads the database of XCA 2 (one file, SQLite). Only keys of authorities are looked at, and none is opened.
 * @throws AppError input.invalid with details {field: 'database', reason}
 */
export function readXca(bytes: Uint8Array): readonly XcaAuthority[] {
  const pages = openPages(bytes);
  const table = (name: string): readonly SqliteRecord[] => {
    const rows = readTable(pages, name);
    if (rows === undefined) throw notXca();
    return rows;
  };
  const items = new Map(table('items').map((row) => [row['id'], row]));
  // XCA marks what was deleted before it removes it.
  const isThere = (row: SqliteRecord): boolean => items.get(row['item'])?.['del'] === 0;
  const certificates = table('certs').filter(isThere);
  const tables: Tables = {
    items,
    issued: Map.groupBy(certificates, (row) => row['issuer']),
    holders: new Map(table('x509super').map((row) => [row['item'], row['pkey']])),
    keys: new Map(table('private_keys').map((row) => [row['item'], row['private']])),
    authorities: new Map(table('authority').map((row) => [row['item'], row])),
    revocations: Map.groupBy(table('revocations'), (row) => row['caId']),
    lists: Map.groupBy(table('crls').filter(isThere), (row) => row['issuer']),
  };
  return certificates.filter((row) => row['ca'] === 1).map((row) => authorityOf(tables, row));
}

/** Certificates, revocations and lists by their authority; the rest by the item. */
interface Tables {
  readonly items: ReadonlyMap<SqliteRecord[string], SqliteRecord>;
  readonly issued: ReadonlyMap<SqliteRecord[string], readonly SqliteRecord[]>;
  readonly holders: ReadonlyMap<SqliteRecord[string], SqliteRecord[string]>;
  readonly keys: ReadonlyMap<SqliteRecord[string], SqliteRecord[string]>;
  readonly authorities: ReadonlyMap<SqliteRecord[string], SqliteRecord>;
  readonly revocations: ReadonlyMap<SqliteRecord[string], readonly SqliteRecord[]>;
  readonly lists: ReadonlyMap<SqliteRecord[string], readonly SqliteRecord[]>;
}

function authorityOf(tables: Tables, row: SqliteRecord): XcaAuthority {
  const id = row['item'];
  const { issued, items, holders, keys, revocations } = tables;
  const name = items.get(id)?.['name'];
  const key = keys.get(holders.get(id) ?? null);
  return {
    name: typeof name === 'string' ? name : '',
    certificate: derOf(row['cert']),
    ...(key === undefined || key === null || key === '' ? {} : { key: derOf(key) }),
    issued: (issued.get(id) ?? []).filter((other) => other['item'] !== id).map((other) => derOf(other['cert'])),
    revocations: (revocations.get(id) ?? []).map(readRevocation),
    nextListNumber: nextListNumber(tables, id),
  };
}

function derOf(value: SqliteRecord[string]): Uint8Array {
  const der = typeof value === 'string' ? base64Decode(value) : undefined;
  if (der === undefined) throw damaged('base64');
  return der;
}

/** One above the last: by XCA's own count, and by every list of it that is there. */
function nextListNumber({ authorities, lists }: Tables, id: SqliteRecord[string]): number {
  const counted = authorities.get(id)?.['crlNo'];
  const made = (lists.get(id) ?? []).map((list) => numberAfter(readCertificateList(derOf(list['crl']))));
  return Math.max(typeof counted === 'number' ? counted + 1 : 1, ...made);
}

/** XCA counts reasons as bits of ReasonFlags (RFC 5280 section 4.2.1.13), whose first, not used there, stands for unspecified. */
const reasons: readonly RevocationReason[] = reasonFlagNames.map((flag) => (flag === 'unused' ? 'unspecified' : flag));

function readRevocation(row: SqliteRecord): XcaRevocation {
  const { serial, reasonBit } = row;
  if (typeof serial !== 'string' || !/^[0-9a-f]{1,40}$/i.test(serial)) throw damaged('serial-number');
  const at = timeOf(row['date']);
  if (at === undefined) throw damaged('time');
  const reason = (typeof reasonBit === 'number' ? reasons[reasonBit] : undefined) ?? 'unspecified';
  const invalidityDate = timeOf(row['invaldate']);
  return { serialNumber: plainSerial(serial), at, reason, ...(invalidityDate === undefined ? {} : { invalidityDate }) };
}

/** GeneralizedTime; the end of time stands for none. */
function timeOf(value: SqliteRecord[string]): Date | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(typeof value === 'string' ? value : '') ?? [];
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at.getTime()) || year === '9999' ? undefined : at;
}

const notXca = (): AppError =>
  new AppError('input.invalid', 'This is a database, but none of XCA 2.', { field: 'database', reason: 'not-xca' });
