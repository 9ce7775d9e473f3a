import { sql, type Expression, type Kysely, type SqlBool } from 'kysely';
import { auditActions } from '../../../domain/audit/action.ts';
import { auditOutcomes, type AuditEntry, type AuditSubject } from '../../../domain/audit/entry.ts';
import type { AuditQuery, LeafRecord } from '../../../ports/stores/audit-log.ts';
import { withoutIndex, type Condition, type KeysetList } from '../keyset-list.ts';
import type { Schema } from '../schema.ts';
import { matching, searchText, wordsOf } from '../search-text.ts';
import { rowsWithWords } from '../sqlite-words.ts';

const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const idInText = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

export const leafColumns = ['index', 'leaf', 'leafHash', 'time', 'action', 'outcome', 'operatorId', 'search'] as const;

/** A leaf with the parts of it that are searched by, its words, and a row for each id that its subject names: ids are found by those rows. */
export function leafRows({ index, leaf, leafHash }: LeafRecord) {
  const { time, action, outcome, operator, error, reason, subject } = JSON.parse(leaf) as AuditEntry;
  const facts = factsOf(subject);
  const ids = new Set(facts.filter((fact) => idForm.test(fact)));
  const search = searchText([action, outcome, error ?? null, reason ?? null, ...facts.filter((fact) => !ids.has(fact))]);
  return {
    leaf: [index, leaf, leafHash, time, action, outcome, operator ?? null, search] as const,
    words: [index, `${search}${kindWords(action, outcome)}`] as const,
    mentions: [...ids].map((id) => [id, index] as const),
  };
}

/** An act and what came of it, each as one word that nobody types. */
const kindWords = (action: string, outcome: string): string => ` ${kindWord(action)} ${kindWord(outcome)}`;
const kindWord = (kind: string): string => `§${kind.replaceAll(/[^a-z]/g, '')}`;

const factsOf = (subject: AuditSubject): string[] => Object.values(subject).flat().map(String);

/** The list a query asks for: by time where a time is asked for, else as the log grew, which is the same unless a clock was set back. */
export function auditList(db: Kysely<Schema>, { search: text = '', ...query }: AuditQuery): KeysetList {
  const search = text.replaceAll(idInText, ' ');
  const ids = [query.personId, query.certificateId, ...(text.match(idInText) ?? [])].flatMap((id) => id?.toLowerCase() ?? []);
  const byTime = query.from !== undefined || query.to !== undefined;
  const list: KeysetList = {
    name: byTime ? 'audit/time' : 'audit',
    table: 'auditLeaf',
    order: byTime ? ['time', 'index'] : ['index'],
    descending: query.ascending !== true,
    /* An id or a time narrows well by itself. Actions and outcomes do not: each pair is read from its own stretch of their index. */
    branches:
      ids.length > 0 || byTime
        ? [narrowed(query, ids, ids.length > 0 ? withoutIndex('time') : sql.ref('time'))]
        : pairs(query.actions, query.outcomes),
    isSorted: ids.length > 0,
    search: matching(sql.ref('search'), search),
  };
  return ids.length > 0 ? list : { ...list, byIndex: () => listOfWords(db, list, query, wordsOf(search)) };
}

/** The same list of entries with these words, where the index of words leaves few enough of them. */
async function listOfWords(
  db: Kysely<Schema>,
  list: KeysetList,
  query: AuditQuery,
  words: readonly string[],
): Promise<KeysetList | undefined> {
  const kinds = [query.actions, query.outcomes].flatMap((some) => (some === undefined ? [] : [some.map(kindWord)]));
  const found = await rowsWithWords(db, 'auditWords', words, kinds);
  if (found === undefined) return undefined;
  const isFound = sql<SqlBool>`${sql.ref('index')} in (select value from json_each(${JSON.stringify(found)}))`;
  const branches = found.length === 0 ? [] : [[isFound, ...narrowed(query, [], withoutIndex('time'))]];
  return { ...list, branches, isSorted: true };
}

function narrowed({ from, to, actions, outcomes }: AuditQuery, ids: readonly string[], time: Expression<unknown>): Condition[] {
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
