import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openCore } from '../../main/compose.ts';
import { createClient } from '../../main/contract/client.ts';
import { Secret } from '../../main/contract/secret.ts';
import { letGo } from '../../main/domain/encoding/octets.ts';

/** What this process is told: where a practice is whose certificates were revoked, and how often to make its list. */
export interface ListedOrder {
  readonly workspace: string | null;
  readonly times: number;
}

export interface Prepared {
  readonly workspace: string;
  readonly authority: string;
}

export interface ListMade {
  /** Of the median, through the door: signed, stored, audited, handed out. */
  readonly milliseconds: number;
  readonly octets: number;
  /** The longest time the event loop was held, milliseconds. */
  readonly loopHeld: number;
  /** The most the process held since sign-in, whose Argon2id wants more than any list; resident. */
  readonly megabytes: number;
}

const passphrase = (): Secret => new Secret(Buffer.from('bench'));

async function open(directory: string) {
  const door = await openCore({ workspaceDirectory: directory });
  return { door, client: createClient((name, input) => door.call(name, input, { connection: 'bench', host: 'command-line' })) };
}

/** Without a workspace: makes one, and answers where it is and which authority issues. */
async function prepare(): Promise<Prepared> {
  const workspace = join(mkdtempSync(join(tmpdir(), 'keyward-bench-')), 'workspace');
  const { door, client } = await open(workspace);
  await client.workspace.init({ name: 'Bench', passphrase: passphrase(), issuingAlgorithm: 'p256' });
  const [, issuing] = (await client.authorities.list({})).authorities;
  await door.close();
  if (issuing === undefined) throw new Error('a practice without an issuing authority');
  return { workspace, authority: issuing.id };
}

/** The list through the same door as every caller, some times over. */
async function makeLists(workspace: string, times: number): Promise<ListMade> {
  const { door, client } = await open(workspace);
  await client.session.signIn({ operator: 'admin', passphrase: passphrase() });
  const [, issuing] = (await client.authorities.list({})).authorities;
  forgetPeak();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let octets = 0;
  const took: number[] = [];
  for (let time = 0; time < times; time++) {
    const begin = performance.now();
    octets = await takeList(client, issuing?.id ?? '');
    took.push(performance.now() - begin);
  }
  delay.disable();
  await door.close();
  rmSync(join(workspace, '..'), { recursive: true, force: true });
  return { milliseconds: median(took), octets, loopHeld: delay.max / 1e6, megabytes: peakMegabytes() };
}

/** Takes a list as whoever writes it to a file does, piece by piece; its octets. */
async function takeList(client: Awaited<ReturnType<typeof open>>['client'], authority: string): Promise<number> {
  const { file, unfinished, number } = await client.authorities.crl({ authority });
  let octets = file.bytes.length;
  for (let from = unfinished?.next ?? null; from !== null;) {
    const more = await client.authorities.listOctets({ authority, number, from });
    octets += more.file.bytes.length;
    letGo(more.file.bytes);
    from = more.next;
  }
  return octets;
}

/** Linux keeps the peak itself: no sample misses it. */
const forgetPeak = (): void => writeFileSync('/proc/self/clear_refs', '5');
const peakMegabytes = (): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;

const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0;

/** One order from the bench that started this process, one answer. */
process.once('message', ({ workspace, times }: ListedOrder) => {
  void (workspace === null ? prepare() : makeLists(workspace, times)).then((answer) => process.send?.(answer));
});
