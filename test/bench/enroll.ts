import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openCore } from '../../main/compose.ts';
import { createClient } from '../../main/contract/client.ts';
import { FileContent, Secret } from '../../main/contract/secret.ts';
import { opensslLoop } from './openssl-loop.ts';
import { rawLimit, type RawOrder } from './raw-limit.ts';

interface Enrolled {
  readonly perSecond: number;
  readonly loopDelayP99: number;
  readonly megabytes: number;
}

interface EnrollOrder {
  readonly people: number;
  readonly subject: RawOrder['subject'];
  readonly issuer: RawOrder['issuer'];
}

/** Durable, audited and sealed, through the same door as every caller; two certificates a person. */
async function enroll({ people, subject, issuer }: EnrollOrder): Promise<Enrolled> {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-bench-'));
  const door = await openCore({ workspaceDirectory: join(directory, 'workspace') });
  try {
    const client = createClient((name, input) => door.call(name, input, { connection: 'bench', host: 'command-line' }));
    await client.workspace.init({
      name: 'Bench',
      passphrase: new Secret(Buffer.from('bench')),
      issuingAlgorithm: issuer,
      subjectAlgorithm: subject,
    });
    const imported = await client.people.import({ file: new FileContent('staff.csv', Buffer.from(staffList(people))) });
    const warm = await client.people.add({ name: 'Warm', emails: ['warm@ridgeway.example'] });
    await run(door, client, [warm.person]);
    return await measure(people, () => run(door, client, imported.people));
  } finally {
    await door.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

const staffList = (people: number): string =>
  ['name,email', ...Array.from({ length: people }, (_, at) => `Person ${at},person.${at}@ridgeway.example`)].join('\n');

async function run(
  door: Awaited<ReturnType<typeof openCore>>,
  client: ReturnType<typeof createClient>,
  people: readonly string[],
): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const stop = door.subscribe((name, payload) => {
    const { state, failed } = payload as { state: string; failed: number };
    if (name !== 'enrollment.progress' || state === 'running') return;
    if (state === 'done' && failed === 0) ended.resolve();
    else ended.reject(new Error(`the job ended as ${state} with ${failed} failed`));
  });
  await client.enrollment.start({ people: [...people] });
  await ended.promise;
  stop();
}

async function measure(people: number, work: () => Promise<void>): Promise<Enrolled> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let peak = process.memoryUsage().rss;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  const begin = performance.now();
  await work();
  const seconds = (performance.now() - begin) / 1000;
  clearInterval(watch);
  delay.disable();
  return { perSecond: (2 * people) / seconds, loopDelayP99: delay.percentile(99) / 1e6, megabytes: peak / 2 ** 20 };
}

const settings: readonly (EnrollOrder & { readonly aim: string })[] = [
  { people: 10_000, subject: 'p256', issuer: 'p256', aim: '40 % of raw, 100 x openssl, p99 < 50 ms, < 350 MB' },
  { people: 1_000, subject: 'p256', issuer: 'p384', aim: '85 % of raw' },
  { people: 1_000, subject: 'p256', issuer: 'rsa-4096', aim: '85 % of raw' },
  { people: 100, subject: 'rsa-3072', issuer: 'p256', aim: '85 % of raw' },
];

/** Certificates a second beside the openssl command line and beside the raw limit, all in one run. */
export async function benchEnroll(): Promise<void> {
  const openssl = opensslLoop(5);
  line(`enrolment, ${availableParallelism()} cores; openssl command line, P-256: ${openssl.toFixed(0)} certificates/s`);
  for (const setting of settings) {
    const rawBefore = await rawLimit({ ...setting, seconds: setting.subject === 'p256' ? 4 : 20 });
    const ours = await enroll(setting);
    const rawAfter = await rawLimit({ ...setting, seconds: setting.subject === 'p256' ? 4 : 20 });
    const raw = (rawBefore + rawAfter) / 2;
    const beside = setting.issuer === 'p256' && setting.subject === 'p256' ? `, ${(ours.perSecond / openssl).toFixed(0)} x openssl` : '';
    line(
      `subjects ${setting.subject}, issuer ${setting.issuer}: ${ours.perSecond.toFixed(0)}/s, raw ${raw.toFixed(0)}/s: ${((100 * ours.perSecond) / raw).toFixed(0)} %${beside}`,
    );
    line(
      `  loop delay p99 ${ours.loopDelayP99.toFixed(1)} ms, ${ours.megabytes.toFixed(0)} MB for ${2 * setting.people} certificates (aim: ${setting.aim})`,
    );
  }
}

const line = (text: string): void => void process.stdout.write(`${text}\n`);
