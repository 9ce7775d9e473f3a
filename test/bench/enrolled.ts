import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openCore } from '../../main/compose.ts';
import { createClient } from '../../main/contract/client.ts';
import { FileContent, Secret } from '../../main/contract/secret.ts';
import type { EnrollOrder, Enrolled } from './enroll-order.ts';

/** People served before the measurement begins, so that it meets code that is compiled and threads that run. */
const warmUp = 250;

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
    const imported = await client.people.import({ file: new FileContent('staff.csv', Buffer.from(staffList('person', people))) });
    const first = await client.people.import({
      file: new FileContent('first.csv', Buffer.from(staffList('first', Math.min(people, warmUp)))),
    });
    await run(door, client, first.people);
    return await measure(people, () => run(door, client, imported.people));
  } finally {
    await door.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

const staffList = (name: string, people: number): string =>
  ['name,email', ...Array.from({ length: people }, (_, at) => `${name} ${at},${name}.${at}@ridgeway.example`)].join('\n');

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
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const seconds = (performance.now() - begin) / 1000;
  clearInterval(watch);
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  return {
    perSecond: (2 * people) / seconds,
    ownPerCertificate: (user + system) / (2 * people),
    loopDelayP99: delay.percentile(99) / 1e6,
    megabytes: peak / 2 ** 20,
  };
}

/** One order from the bench that started this process, one answer. */
process.once('message', (order: EnrollOrder) => {
  void enroll(order).then((enrolled) => process.send?.(enrolled));
});
