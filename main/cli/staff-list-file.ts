import type { FileContent } from '../contract/secret.ts';
import type { Finding } from '../domain/people/finding.ts';
import type { CheckedStaffRow, StaffListCheck, StaffRepair, StaffVerdict } from '../domain/people/staff-list.ts';
import type { CommandContext } from './command.ts';
import { flag } from './option-values.ts';
import { table } from './table.ts';

type Way = Pick<CommandContext, 'client' | 'options' | 'say' | 'wordFinding'>;

/** What `--repair` writes into the list before anything is judged; each is said. */
export async function chosenRepairs({ client, options, say }: Way, file: FileContent): Promise<StaffRepair[]> {
  if (!flag(options, 'repair')) return [];
  const { rows } = await client.people.checkStaffList({ file });
  const repairs = rows.flatMap((row) => row.findings.filter(isRepairable).map((finding) => ({ row, ...finding })));
  for (const { row, column, value, repair } of repairs)
    say(`${placeOf(row)}, ${column}: ${value === '' ? '' : `${value}, `}taken as ${repair}`);
  return repairs.map(({ row, column, repair }) => ({ row: row.row, column, value: repair }));
}

/** Why rows were left out: on stderr, so that stdout stays the one document. */
export async function sayWhatIsWrong({ client, options, say, wordFinding }: Way, file: FileContent, repairs: StaffRepair[]): Promise<void> {
  if (flag(options, 'quiet')) return;
  const left = (await client.people.checkStaffList({ file, repairs })).rows.filter(({ verdict }) => verdict === 'fix');
  for (const row of left) for (const finding of row.findings) say(`${placeOf(row)}, ${finding.column}: ${wordFinding(finding)}`);
  if (repairs.length === 0 && left.some(({ findings }) => findings.some(isRepairable)))
    say('With --repair, what is asked by “Did you mean” is taken.');
}

/** What would happen to every row, and how the file was read. */
export function checkWords({ format, rows, counts }: StaffListCheck, wordFinding: CommandContext['wordFinding']): string {
  const { encoding, delimiter, columns, ignoredHeaders } = format;
  return [
    table(
      ['row', 'line', 'name', 'email', 'will be', ''],
      rows.map((row) => checkedLine(row, wordFinding)),
    ),
    '',
    `${counts.all} rows: ${counts.ready + counts.look} would be taken in, ${counts.skipped} need nothing, ${counts.fix} would be left out. Nothing was changed.`,
    `Read as ${encoding}, columns divided by ${dividers[delimiter]}: ${columns.join(', ')}.`,
    ...(ignoredHeaders.length === 0 ? [] : [`Not read: ${ignoredHeaders.join(', ')}.`]),
  ].join('\n');
}

const dividers = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' } as const;
const fates: Readonly<Record<StaffVerdict, string>> = { fix: 'left out', look: 'taken in', skipped: 'passed over', ready: 'taken in' };

const checkedLine = ({ row, line, person, verdict, findings, personId }: CheckedStaffRow, wordFinding: CommandContext['wordFinding']) => [
  String(row),
  String(line),
  person.name,
  person.email,
  verdict === 'ready' && personId !== undefined ? 'here already' : fates[verdict],
  findings.map((finding) => `${finding.column}: ${wordFinding(finding)}`).join(' '),
];

/** A spreadsheet counts lines, with the headers; the findings count rows. */
const placeOf = ({ row, line }: CheckedStaffRow): string => `row ${row} (line ${line})`;

const isRepairable = (finding: Finding): finding is Finding & { readonly repair: string } =>
  finding.verdict === 'fix' && finding.repair !== undefined;
