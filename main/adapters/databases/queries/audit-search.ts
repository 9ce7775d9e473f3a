import { sql, type Expression, type SqlBool } from 'kysely';
import { auditActions } from '../../../domain/audit/action.ts';
import { auditOutcomes, type AuditEntry, type AuditSubject } from '../../../domain/audit/entry.ts';
import type { AuditQuery, LeafRecord } from '../../../ports/stores/audit-log.ts';
import { withoutIndex, type Condition, type KeysetList } from '../keyset-list.ts';
import { matching, searchText } from '../search-text.ts';

const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const leafColumns = ['index', 'leaf', 'leafHash', 'time', 'action', 'outcome', 'operatorId', 'search'] as const;

/** A leaf with the parts of it that are searched by, and a row for each id that its subject names. */
export function leafRows({ index, leaf, leafHash }: LeafRecord) {
  const { time, action, outcome, operator, error, reason, subject } = JSON.parse(leaf) as AuditEntry;
  const facts = factsOf(subject);
  const search = searchText([action, outcome, error ?? null, reason ?? null, ...facts]);
  const ids = new Set(facts.filter((fact) => idForm.test(fact)));
  return {
    leaf: [index, leaf, leafHash, time, action, outcome, operator ?? null, search] as const,
    mentions: [...ids].map((id) => [id, index] as const),
  };
}

const factsOf = (subject: AuditSubject): string[] => Object.values(subject).flat().map(String);

/** The list a query asks for: by time where a time is asked for, else as the log grew, which is the same unless a clock was set back. */
export function auditList(query: AuditQuery): KeysetList {
  const ids = [query.personId, query.certificateId].flatMap((id) => id ?? []);
  const byTime = query.from !== undefined || query.to !== undefined;
  return {
    name: byTime ? 'audit/time' : 'audit',
    table: 'auditLeaf',
    order: byTime ? ['time', 'index'] : ['index'],
    descending: query.ascending !== true,
    /* An id or a time narrows well by itself. Actions and outcomes do not: each pair is read from its own stretch of their index. */
    branches: ids.length > 0 || byTime ? [narrowed(query, ids)] : pairs(query.actions, query.outcomes),
    isSorted: ids.length > 0,
    search: matching(sql.ref('search'), query.search),
  };
}

function narrowed({ from, to, actions, outcomes }: AuditQuery, ids: readonly string[]): Condition[] {
  const time = ids.length > 0 ? withoutIndex('time') : sql.ref('time');
  const conditions = ids.map(names);
  if (from !== undefined) conditions.push(sql<SqlBool>`${time} >= ${from}`);
  if (to !== undefined) conditions.push(sql<SqlBool>`${time} < ${to}`);
  if (actions !== undefined) conditions.push(oneOf(withoutIndex('action'), actions));
  if (outcomes !== undefined) conditions.push(oneOf(withoutIndex('outcome'), outcomes));
  return conditions;
}

function pairs(actions: AuditQuery['actions'], outcomes: AuditQuery['outcomes']): Condition[][] {
  if (actions === undefined && outcomes === undefined) return [[]];
  return [...new Set(actions ?? auditActions)].flatMap((action) =>
    [...new Set(outcomes ?? auditOutcomes)].map((outcome) => [
      sql<SqlBool>`${sql.ref('action')} = ${action}`,
      sql<SqlBool>`${sql.ref('outcome')} = ${outcome}`,
    ]),
  );
}

const names = (id: string): Condition => sql<SqlBool>`${sql.ref('index')} in (select "index" from "auditMention" where "id" = ${id})`;

const oneOf = (column: Expression<unknown>, values: readonly string[]): Condition =>
  values.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`${column} in (${sql.join(values)})`;
