import type { Pushes } from '../../contract/client.ts';
import { AppError } from '../../domain/errors.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { sayWhenInterrupted } from '../interrupt.ts';
import { only, optional, text } from '../option-values.ts';
import { enrollOnToken } from '../enroll-on-token.ts';
import { managementKeyOptions } from '../pin-options.ts';
import { chosenRepairs, sayWhatIsWrong } from '../staff-list-file.ts';
import { table } from '../table.ts';

type JobSummary = Pushes['enrollment.progress'];

export const enrollCommands: readonly CliCommand[] = [
  {
    words: ['enroll'],
    usage:
      'PERSON... | --csv staff.csv [--repair] [--profile P] [--store vault|keychain|token:SERIAL --pin-file F] [--algorithm rsa-3072] [--override REASON]',
    summary: 'issue people their certificates; run again on the same file it goes on where it was',
    needs: 'signed-in',
    options: {
      csv: { type: 'string' },
      repair: { type: 'boolean' },
      profile: { type: 'string' },
      store: { type: 'string' },
      algorithm: { type: 'string' },
      pair: { type: 'boolean' },
      override: { type: 'string' },
      ...managementKeyOptions,
    },
    async run(context) {
      const people = await peopleToEnroll(context);
      const token = tokenOf(context);
      if (token !== undefined) return enrollOnToken(context, people, token);
      const unfinished = await unfinishedJobs(context);
      for (const job of unfinished) context.say(`A job that was stopped goes on first: ${job.done} of ${job.total} had theirs.`);
      for (const job of unfinished) await context.client.enrollment.resume({ job: job.id });
      for (const job of unfinished) await waitForJob(context, job.id);
      const choices = {
        ...optional(context.options, 'profile', 'profile'),
        ...(optional(context.options, 'algorithm', 'algorithm') as object),
        ...(optional(context.options, 'store', 'store') as object),
        ...optional(context.options, 'override', 'override'),
      };
      if (text(context.options, 'algorithm') === undefined) await sayKeys(context);
      await sayEscrow(context, text(context.options, 'profile'));
      sayKeychain(context);
      const { job } = await context.client.enrollment.start({ people, ...choices });
      return jobResult(await waitForJob(context, job), await failures(context, job));
    },
  },
  {
    words: ['job', 'list'],
    usage: '',
    summary: 'what was asked for and how far it is',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.enrollment.jobs({});
      return {
        json,
        text: table(
          ['job', 'state', 'done', 'skipped', 'failed', 'of'],
          json.jobs.map((job) => [job.id, job.state, ...[job.done, job.skipped, job.failed, job.total].map(String)]),
        ),
      };
    },
  },
  {
    words: ['job', 'show'],
    usage: 'ID',
    summary: 'one job, person by person',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const json = await context.client.enrollment.job({ job: only(context, 'job'), limit: 1000 });
      return {
        json,
        text: table(
          ['person', 'state', 'error'],
          json.items.map((item) => [item.name, item.state, item.error?.message ?? '']),
        ),
      };
    },
  },
  {
    words: ['job', 'cancel'],
    usage: 'ID',
    summary: 'call off what is left of a job',
    needs: 'signed-in',
    options: {},
    async run(context) {
      await context.client.enrollment.cancel({ job: only(context, 'job') });
      return { json: {}, text: 'Called off. What was issued stays.' };
    },
  },
  {
    words: ['job', 'resume'],
    usage: 'ID',
    summary: 'go on with an interrupted job',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const job = only(context, 'job');
      await context.client.enrollment.resume({ job });
      return jobResult(await waitForJob(context, job), await failures(context, job));
    },
  },
];

/** Before anything is made. */
async function sayKeys({ client, say }: CommandContext): Promise<void> {
  const { wished, algorithm, because } = await client.enrollment.algorithm({});
  if (because.length > 0) say(`Keys are made as ${algorithm}, because ${because.join(', ')} can do nothing with ${wished}.`);
}

/** Before anything is made, where the keys will be in no escrow; what the profile may be wrong in is the enrolment's to say. */
async function sayEscrow({ client, say }: CommandContext, profile: string | undefined): Promise<void> {
  const chosen =
    profile === undefined
      ? undefined
      : (await client.profiles.list({})).profiles.find(({ name, usages }) =>
          [name, ...usages.map((usage) => `${name}-${usage}`)].includes(profile),
        );
  if (chosen?.escrowsKeys === false)
    say(`Keys of ${chosen.name} are not put into the escrow: old mail of somebody who left and lost their key stays closed.`);
}

/** Who relies on the keychain is told what it is worth. */
export function sayKeychain({ options, say }: CommandContext): void {
  if (text(options, 'store') !== 'keychain') return;
  say(
    'The keys are sealed under the keychain of this desktop session: any program of the session can read what is unlocked. SECURITY.md says more.',
  );
}

/** The serial number in `--store token:SERIAL`; undefined for any other store. */
const tokenOf = ({ options }: CommandContext): string | undefined => /^token:(.*)$/s.exec(text(options, 'store') ?? '')?.[1];

async function peopleToEnroll(context: CommandContext): Promise<string[]> {
  const csv = text(context.options, 'csv');
  if ((csv === undefined) === (context.positionals.length === 0)) {
    throw new AppError('input.invalid', 'Name people, or a staff list with --csv.', { field: 'people', rule: 'required' });
  }
  if (csv === undefined) return Promise.all(context.positionals.map(async (person) => (await context.client.people.show({ person })).id));
  const file = context.files.read(csv);
  const repairs = await chosenRepairs(context, file);
  const { people, leftOut } = await context.client.people.import({ file, repairs });
  if (leftOut > 0) await sayWhatIsWrong(context, file, repairs);
  if (leftOut > 0) context.say(`${leftOut} ${leftOut === 1 ? 'row of the list was' : 'rows of the list were'} left out.`);
  if (people.length === 0) throw new AppError('input.empty', 'No row of this list can be enrolled.', { file: csv });
  return [...people];
}

const unfinishedJobs = async ({ client }: CommandContext): Promise<JobSummary[]> =>
  (await client.enrollment.jobs({})).jobs.filter(({ state }) => state === 'stopped');

/** Starts a job with the practice's defaults and waits for its end. */
export async function enrollAndWait(context: CommandContext, people: readonly string[]): Promise<JobSummary> {
  const { job } = await context.client.enrollment.start({ people: [...people] });
  return waitForJob(context, job);
}

/** Until the job is done, called off, or stopped by something. */
async function waitForJob(context: CommandContext, job: string): Promise<JobSummary> {
  const settled = Promise.withResolvers<void>();
  const hear = (summary: JobSummary) => {
    if (summary.id !== job) return;
    context.progress(summary.done + summary.skipped + summary.failed, summary.total, 'people');
    if (summary.state !== 'running') settled.resolve();
  };
  const stop = context.subscribe('enrollment.progress', hear);
  hear(await context.client.enrollment.job({ job, limit: 1 }));
  const silent = sayWhenInterrupted(
    context.say,
    `\`keyward job resume ${job}\` goes on where it was; \`keyward job list\` says how far it is.`,
  );
  await settled.promise;
  silent();
  stop();
  return context.client.enrollment.job({ job, limit: 1 });
}

const failures = async ({ client }: CommandContext, job: string) =>
  (await client.enrollment.job({ job, state: 'failed', limit: 1000 })).items;

function jobResult(job: JobSummary, failed: Awaited<ReturnType<typeof failures>>): CommandResult {
  if (job.stoppedBy !== null) throw new AppError(job.stoppedBy.code, job.stoppedBy.message, { job: job.id, done: job.done });
  const { id, state, total, done, skipped } = job;
  const json = { job: id, state, total, done, skipped, failed: failed.map(({ personId, name, error }) => ({ personId, name, error })) };
  const hints = new Set(failed.flatMap(({ error }) => error?.hint ?? []));
  const lines = [...failed.map(({ name, error }) => `  ${name}: ${error?.message ?? ''}`), ...Array.from(hints, (hint) => `hint: ${hint}`)];
  const next =
    done === 0
      ? []
      : ['To hand their keys over: keyward certificate export, or keyward mail deliver. keyward certificate list names them.'];
  return {
    json,
    text: [`${done} issued, ${skipped} had theirs already, ${failed.length} failed, of ${total}.`, ...lines, ...next].join('\n'),
  };
}
