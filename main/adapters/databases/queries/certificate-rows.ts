import { sql, type SqlBool } from 'kysely';
import { AppError } from '../../../domain/errors.ts';
import type { Page } from '../../../ports/page.ts';
import type { CertificateQuery, CertificateRow } from '../../../ports/stores/certificates.ts';
import type { ReadConnection } from '../connection.ts';
import { beginningDigits, beginningOf } from '../digest-beginning.ts';
import { byIds } from '../id-chunks.ts';
import { inOrderOf, readPage, type Condition, type KeysetList } from '../keyset-list.ts';
import { matching } from '../search-text.ts';

/** Eight hexadecimal digits or more, with the hyphens of an id. */
const prefixForm = /^[0-9a-f][0-9a-f-]{7,63}$/;
const mostCandidates = 10;
/** Sorts after every hexadecimal digit and hyphen. */
const beyondHex = 'g';

/** Certificates whose column holds one of the values, newest first. */
export async function findCertificates(
  connection: ReadConnection,
  column: 'certificate.id' | 'certificate.personId',
  values: readonly string[],
): Promise<CertificateRow[]> {
  const rows = await byIds(values, (some) => selectRows(connection).where(column, 'in', some).execute());
  return rows.map(toRow).sort((a, b) => compare(b.createdAt, a.createdAt) || compare(b.id, a.id));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Those whose id, SHA-256 or serial number begins with `text`; a handful at most. */
export async function findCertificatesByPrefix(connection: ReadConnection, text: string): Promise<CertificateRow[]> {
  const prefix = text.toLowerCase();
  if (!prefixForm.test(prefix)) return [];
  const { db } = connection;
  const beginning = (column: 'id' | 'sha256' | 'serialNumber') =>
    db
      .selectFrom('certificate')
      .select('id')
      .where(column, '>=', prefix)
      .where(column, '<', prefix + beyondHex)
      .limit(mostCandidates);
  const indexed = prefix.slice(0, beginningDigits);
  const queries = [
    beginning('id'),
    beginning('sha256')
      .where(beginningOf('sha256'), '>=', indexed)
      .where(beginningOf('sha256'), '<', indexed + beyondHex),
    /* The index of serial numbers has the issuer first. */
    beginning('serialNumber').where('issuerAuthorityId', 'in', db.selectFrom('authority').select('id')),
  ];
  const found = new Set<string>();
  for (const query of queries) for (const { id } of await query.execute()) found.add(id);
  return findCertificates(connection, 'certificate.id', [...found]);
}

/** One page, newest first: ids made later sort later. */
export async function pageOfCertificates(connection: ReadConnection, query: CertificateQuery): Promise<Page<CertificateRow>> {
  const page = await readPage(connection.db, listOf(query), query);
  const ids = page.rows.map(([id]) => String(id));
  const rows = inOrderOf(ids, await findCertificates(connection, 'certificate.id', ids), ({ id }) => id);
  return { ...page, rows };
}

function listOf({ personId, authorityId, isCurrent, search }: CertificateQuery): KeysetList {
  const conditions: Condition[] = [];
  if (personId !== undefined) conditions.push(sql<SqlBool>`${sql.ref('personId')} = ${personId}`);
  if (authorityId !== undefined) conditions.push(sql<SqlBool>`${sql.ref('issuerAuthorityId')} = ${authorityId}`);
  if (isCurrent !== undefined) conditions.push(sql<SqlBool>`${sql.ref('isCurrent')} = ${isCurrent ? 1 : 0}`);
  return {
    name: 'certificates',
    table: 'certificate',
    order: ['id'],
    descending: true,
    branches: [conditions],
    search: matching(sql.ref('search'), search),
  };
}

const selectRows = ({ db }: ReadConnection) =>
  db
    .selectFrom('certificate')
    .innerJoin('key', 'key.id', 'certificate.keyId')
    .leftJoin('revocation', 'revocation.certificateId', 'certificate.id')
    .select([
      'certificate.id',
      'certificate.sha256',
      'certificate.serialNumber',
      'certificate.subject',
      'certificate.issuer',
      'certificate.issuerAuthorityId',
      'certificate.emails',
      'certificate.profile',
      'certificate.notBefore',
      'certificate.notAfter',
      'certificate.isAuthority',
      'certificate.keyId',
      'certificate.personId',
      'certificate.isCurrent',
      'certificate.createdAt',
      'key.algorithm as keyAlgorithm',
      'key.usage as keyUsage',
      'key.state as keyState',
      'key.store as keyStore',
      'revocation.revokedAt',
      'revocation.reason',
    ]);

type Selected = Awaited<ReturnType<ReturnType<typeof selectRows>['execute']>>[number];

function toRow({ emails, isAuthority, isCurrent, revokedAt, reason, ...same }: Selected): CertificateRow {
  return {
    ...same,
    emails: readEmails(emails),
    isAuthority: isAuthority === 1,
    isCurrent: isCurrent === 1,
    revocation: revokedAt === null || reason === null ? null : { revokedAt, reason },
  };
}

function readEmails(text: string): readonly string[] {
  try {
    const emails: unknown = JSON.parse(text);
    if (Array.isArray(emails) && emails.every((email): email is string => typeof email === 'string')) return emails;
  } catch (error) {
    throw new AppError('store.corrupt', 'The addresses of a certificate cannot be read.', {}, { cause: error });
  }
  throw new AppError('store.corrupt', 'The addresses of a certificate cannot be read.');
}
