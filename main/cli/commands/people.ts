import type { PersonSummary } from '../../contract/people.ts';
import { languageNames, languages, type Language } from '../../domain/locale/languages.ts';
import { mailProgramIds } from '../../domain/mail-client/handover-guide.ts';
import type { CliCommand, CommandContext, CommandResult, OptionValues } from '../command.ts';
import { everyPage } from '../every-page.ts';
import { namedOrSelf } from '../named-or-self.ts';
import { flag, only, optional, text } from '../option-values.ts';
import { pageFile } from '../page-file.ts';
import { checkWords, chosenRepairs, sayWhatIsWrong } from '../staff-list-file.ts';
import { table, tableOr } from '../table.ts';
import { shortEnough } from './certificates.ts';

const standings = { none: 'nothing issued', stopped: 'revoked', held: 'on hold', covered: 'fine' } as const;

/** Every command takes a mail address for a person; somebody who left may have theirs no longer. */
const personLine = ({ id, name, mailboxes, department, standing, endsAt, status }: PersonSummary): string[] => [
  name,
  mailboxes.join(', '),
  department ?? '',
  standings[standing],
  endsAt?.slice(0, 10) ?? '',
  status === 'left' ? `left, ${id}` : '',
];

const header = ['name', 'mailboxes', 'department', 'standing', 'until', ''];

export const peopleCommands: readonly CliCommand[] = [
  {
    words: ['people', 'import'],
    usage: 'staff.csv [--check] [--repair] [--left-out F]',
    summary:
      'take the good rows of a staff list in, with --repair also those with an obvious one; --check says what would happen to each row',
    needs: 'signed-in',
    options: { check: { type: 'boolean' }, repair: { type: 'boolean' }, 'left-out': { type: 'string' } },
    run: importList,
  },
  {
    words: ['people', 'list'],
    usage: '[--search TEXT] [--filter everyone|attention|ending|uncovered|left]',
    summary: 'who is here and how they stand',
    needs: 'signed-in',
    options: { search: { type: 'string' }, filter: { type: 'string' } },
    async run({ client, options }) {
      const people = await everyPage(async (after) => {
        const page = await client.people.list({
          limit: 500,
          after,
          ...optional(options, 'search', 'search'),
          ...(optional(options, 'filter', 'filter') as object),
        });
        return { rows: page.people, next: page.next };
      });
      return { json: { people }, text: tableOr(nobody(options), header, people.map(personLine)) };
    },
  },
  {
    words: ['people', 'show'],
    usage: '[PERSON]',
    summary: 'one person by id, mail address or staff number; yourself where nobody is named',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const json = await context.client.people.show({ person: await namedOrSelf(context) });
      const certificates = json.certificates.map((row) => [
        row.sha256.slice(0, shortEnough),
        row.purpose,
        row.status,
        row.isCurrent ? 'in use' : 'kept',
        row.notAfter.slice(0, 10),
      ]);
      const lines = [
        table(header, [personLine(json)]),
        `id ${json.id}`,
        '',
        table(['sha-256', 'purpose', 'status', '', 'until'], certificates),
      ];
      return { json, text: lines.join('\n') };
    },
  },
  {
    words: ['people', 'language'],
    usage: `PERSON ${languages.join('|')}`,
    summary: 'choose the language of the pages they are handed',
    needs: 'signed-in',
    options: {},
    async run({ client, positionals }) {
      const [person = '', language = ''] = positionals;
      await client.people.setLanguage({ person, language: language as Language });
      return { json: { language }, text: `Their pages are in ${languageNames[language as Language]} from now on.` };
    },
  },
  {
    words: ['people', 'sheet'],
    usage: `[PERSON] --out F.html|F.pdf [--client ${mailProgramIds.join('|')}] [--language ${languages.join('|')}]`,
    summary: 'the page that goes with their keys: what they got, and what to do in their mail program, with its buttons',
    needs: 'signed-in',
    options: { out: { type: 'string' }, client: { type: 'string' }, language: { type: 'string' } },
    async run(context) {
      const { path, write } = pageFile(context, 'out');
      const choice = { ...optional(context.options, 'client', 'client'), ...optional(context.options, 'language', 'language') };
      const page = await context.client.people.handoverSheet({ person: await namedOrSelf(context), ...(choice as object) });
      await write(page.bytes);
      return { json: { file: path }, text: `The page is in ${path}.` };
    },
  },
  {
    words: ['people', 'leave'],
    usage: 'PERSON',
    summary: 'enter that somebody has left: nothing new is issued, their keys are kept',
    needs: 'signed-in',
    options: {},
    async run(context) {
      await context.client.people.leave({ person: only(context, 'person') });
      return {
        json: {},
        text: 'Noted. Their certificates stay as they are: revoke them if they should stop working (keyward certificate list --person PERSON names them).',
      };
    },
  },
];

const nobody = (options: OptionValues): string =>
  text(options, 'search') === undefined && text(options, 'filter') === undefined
    ? 'Nobody is here yet: keyward people import staff.csv takes a staff list in.'
    : 'Nobody here fits that.';

async function importList(context: CommandContext): Promise<CommandResult> {
  const { client, options, files } = context;
  const file = files.read(only(context, 'staff list'));
  const repairs = await chosenRepairs(context, file);
  if (flag(options, 'check')) {
    const json = await client.people.checkStaffList({ file, repairs });
    return { json, text: checkWords(json, context.wordFinding) };
  }
  const { leftOutFile, ...json } = await client.people.import({ file, repairs });
  const target = text(options, 'left-out');
  if (leftOutFile !== null && target !== undefined) files.write(target, leftOutFile.bytes);
  if (json.leftOut > 0) await sayWhatIsWrong(context, file, repairs);
  return { json, text: `${json.imported} taken in, ${json.people.length} of the list are here, ${json.leftOut} left out.` };
}
