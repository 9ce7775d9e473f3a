import type { StaffRow } from './staff-list.ts';

/** What stands behind a name and its comma without being a given name: grades, and who of the family it is. */
const behindNames: ReadonlySet<string> = new Set(
  'md do phd mbbs mbchb frcp mrcp rn lpn np pa pac dds dmd dvm pharmd msn bsn msc bsc mba ma ba jr sr ii iii iv esq dr prof med drmed'.split(
    ' ',
  ),
);

/**
 * Directories and payrolls write "Surname, Given name" into one column. Where more than half of a list's names are written
 * so, each of them is taken apart; a single comma may stand for anything.
 */
export function nameInOrder(rows: readonly StaffRow[]): readonly StaffRow[] {
  const named = rows.filter(({ fields }) => fields.name !== undefined);
  const turned = named.filter(({ fields }) => partsOf(fields.name) !== undefined);
  return turned.length * 2 > named.length ? rows.map(inOrder) : rows;
}

/** Columns of their own for the parts are believed before it. */
function inOrder(row: StaffRow): StaffRow {
  const { name, ...fields } = row.fields;
  const parts = partsOf(name);
  return parts === undefined ? row : { ...row, fields: { ...parts, ...fields } };
}

function partsOf(name: string | undefined): { surname: string; given_name: string } | undefined {
  const [surname = '', given = '', ...more] = (name ?? '').split(/[,，]/u).map((part) => part.trim());
  return surname === '' || given === '' || more.length > 0 || isBehindName(given) ? undefined : { surname, given_name: given };
}

const isBehindName = (text: string): boolean =>
  text.split(/\s+/u).every((word) => behindNames.has(word.toLowerCase().replace(/[^\p{L}]/gu, '')));
