import { buildBench, buildWithout, runApart, runBuilt } from './built.ts';
import type { EnrollOrder, Enrolled } from './enroll-order.ts';
import type { LogMade, LogMeasured, LogOrder } from './logged.ts';
import type { LogVerified, VerifyOrder } from './verified.ts';

const order: EnrollOrder = { people: 10_000, subject: 'p256', issuer: 'p256' };
const rounds = 3;

/** `args` name parts (`append`, `log`) or a number of entries. What the log costs an enrolment, and what a long one costs to verify and to search. */
export async function benchAudit(args: readonly string[]): Promise<void> {
  const entries = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 1_000_000);
  const isAsked = (part: string): boolean => (!args.includes('append') && !args.includes('log') ? true : args.includes(part));
  if (isAsked('append')) await benchAppend();
  if (isAsked('log')) await benchLog(entries);
}

/** With the log and without it by turns, so that what else the machine does meets both. */
async function benchAppend(): Promise<void> {
  await buildBench('enrolled');
  const without = await buildWithout('enrolled', 'audit-trail.ts', 'trail-without-log.ts');
  const rounded: { readonly logged: Enrolled; readonly unlogged: Enrolled }[] = [];
  for (let round = 0; round < rounds; round++)
    rounded.push({ logged: await runBuilt<Enrolled>('enrolled', order), unlogged: await runApart<Enrolled>(without, order) });
  const rates = rounded.map(({ logged, unlogged }) => ({ logged: logged.perSecond, unlogged: unlogged.perSecond }));
  const [logged, unlogged] = [median(rates.map((rate) => rate.logged)), median(rates.map((rate) => rate.unlogged))];
  line(
    `enrolment with the log ${logged.toFixed(0)}/s, without ${unlogged.toFixed(0)}/s: the log costs ${(100 * (1 - logged / unlogged)).toFixed(1)} %`,
  );
  const own = rounded.map((round) => round.logged.ownPerCertificate / round.unlogged.ownPerCertificate - 1);
  line(
    `  ${(100 * median(own)).toFixed(1)} % more of the processor for each certificate: on a machine that does other things besides, this is what to compare`,
  );
  line(`  by turns ${rates.map((rate) => `${rate.logged.toFixed(0)} and ${rate.unlogged.toFixed(0)}`).join(', ')} (aim: at most 10 %)`);
}

async function benchLog(entries: number): Promise<void> {
  await buildBench('logged');
  const made = await runBuilt<LogMade>('logged', { directory: null, entries } satisfies LogOrder);
  line(
    `log of ${entries} entries: written at ${made.perSecond.toFixed(0)}/s, ${made.octetsPerEntry.toFixed(0)} octets of database an entry`,
  );
  await buildBench('verified');
  const { perSecond: verified, ...log } = await runBuilt<LogVerified>('verified', { directory: made.directory } satisfies VerifyOrder);
  if (!log.holds) throw new Error('the log does not hold');
  await buildBench('logged');
  const { raw, ...found } = await runBuilt<LogMeasured>('logged', { directory: made.directory, entries } satisfies LogOrder);
  line(
    `  verified at ${verified.toFixed(0)}/s, one thread that only hashes ${raw.toFixed(0)}/s: ${((100 * verified) / raw).toFixed(0)} % (aim: 40 %)`,
  );
  line(`  ${log.ownPerEntry.toFixed(2)} µs of processor an entry, hashing alone ${(1e6 / raw).toFixed(2)} µs`);
  line(`  ${log.megabytes.toFixed(0)} MB meanwhile (aim: < 128 MB), the event loop was held for ${log.loopHeld.toFixed(0)} ms at most`);
  line(
    `  search as you type: median ${found.searchMedian.toFixed(1)} ms, p95 ${found.searchP95.toFixed(1)} ms (aim: < 50 ms); slowest: ${found.slowest}`,
  );
}

const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0;
const line = (text: string): void => void process.stdout.write(`${text}\n`);
