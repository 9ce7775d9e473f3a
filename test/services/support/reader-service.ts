import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { newOpenPgpCard, type OpenPgpCardState } from '../../adapters/fixtures/openpgp-card.ts';
import { newPivCard, type PivCardState } from '../../adapters/fixtures/piv-card.ts';

const driver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
const port = 0x8c7b;

/** In CI a missing package is a failure: the tests run and say so. */
function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may start one';
  const isInstalled = [driver, '/usr/sbin/pcscd'].every((file) => existsSync(file));
  return isInstalled || process.env['CI'] !== undefined ? undefined : 'vsmartcard-vpcd is not installed';
}

const whyNoReaderService = whyNot();

/** Whether none can be started here, for a suite to be skipped, which says so. */
export function lacksReaderService(suite: string): boolean {
  if (whyNoReaderService !== undefined)
    process.stderr.write(`SKIPPED: ${suite}: the real reader service cannot be tested here: ${whyNoReaderService}\n`);
  return whyNoReaderService !== undefined;
}

/** A computer whose reader service is installed and does not run, whatever happens on this one meanwhile. */
export const stoppedReaderService = { socket: '/nowhere/pcscd.comm', programs: [process.execPath], milliseconds: 2_000 };

/** The names of its readers begin with the maker's, or the maker's own driver would not look at them. */
export const readerNames = ['Yubico Virtual Reader 00 00', 'Yubico Virtual Reader 00 01'] as const;

export interface ReaderServiceHere {
  /** Puts a card into one of its readers; the answer pulls it out. */
  readonly insert: (card: 'nobody' | VirtualCard, reader?: 0 | 1) => () => void;
  readonly stop: () => void;
}

/** A card that remembers itself in a file, in and out of readers. */
export interface VirtualCard<State = unknown> {
  readonly kind: 'piv' | 'openpgp';
  readonly file: string;
  readonly read: () => State;
}

export interface ReaderDesk {
  /** The real pcscd with virtual readers or none, until the test ends. */
  readonly start: (readers: 'two' | 'none') => ReaderServiceHere;
  readonly newCard: (differing?: Partial<PivCardState>) => VirtualCard<PivCardState>;
  readonly newOpenPgpCard: (differing?: Partial<OpenPgpCardState>) => VirtualCard<OpenPgpCardState>;
}

/**
 * A place for a reader service and the way to it, until the test ends, or until `atEnd` is told to end it. The service has a network of its own, because the
 * readers listen to all of it, and its own folder in the place of the system's, so that it is in nobody's way. It is killed
 * without warning.
 */
export function newReaderDesk(atEnd: (end: () => void) => void = onTestFinished): ReaderDesk {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-pcsc-'));
  const [run, configuration] = [join(directory, 'run'), join(directory, 'conf')];
  for (const folder of [run, configuration, '/run/pcscd']) mkdirSync(folder, { recursive: true });
  const started = new Set<ChildProcess>();
  const before = process.env['PCSCLITE_CSOCK_NAME'];
  process.env['PCSCLITE_CSOCK_NAME'] = join(run, 'pcscd.comm');
  atEnd(() => {
    started.forEach((child) => child.kill('SIGKILL'));
    if (before === undefined) delete process.env['PCSCLITE_CSOCK_NAME'];
    else process.env['PCSCLITE_CSOCK_NAME'] = before;
    rmSync(directory, { recursive: true, force: true });
  });
  let cards = 0;
  const place = <State>(kind: 'piv' | 'openpgp', state: State): VirtualCard<State> => {
    const file = join(directory, `card-${cards++}.json`);
    writeFileSync(file, JSON.stringify(state));
    return { kind, file, read: () => JSON.parse(readFileSync(file, 'utf8')) as State };
  };
  return {
    start: (readers) => {
      for (const left of ['pcscd.comm', 'pcscd.pid']) rmSync(join(run, left), { force: true });
      writeFileSync(join(configuration, 'vpcd.conf'), readers === 'two' ? vpcd : '');
      return serviceOf(startService(run, configuration, started), started);
    },
    newCard: (differing) => place('piv', newPivCard({ guid: (cards + 1).toString(16).padStart(32, '0'), ...differing })),
    newOpenPgpCard: (differing) => place('openpgp', newOpenPgpCard({ serial: String(cards + 1).padStart(8, '0'), ...differing })),
  };
}

const vpcd = `${[
  'FRIENDLYNAME "Yubico Virtual Reader"',
  `DEVICENAME /dev/null:0x${port.toString(16)}`,
  `LIBPATH ${driver}`,
  `CHANNELID 0x${port.toString(16)}`,
].join('\n')}\n`;

/** The readers write an answer's length and its content apart: without quick acknowledgements each would take 40 ms. */
const network = `ip link set lo up; for to in 127.0.0.0/8 127.0.0.1; do ip route change table local local $to dev lo proto kernel \
  scope host src 127.0.0.1 quickack 1; done; `;

function startService(run: string, configuration: string, started: Set<ChildProcess>): ChildProcess {
  const script = `${network} mount --bind '${run}' /run/pcscd; exec pcscd --foreground --config '${configuration}'`;
  const service = spawn('/usr/bin/unshare', ['-n', '-m', 'sh', '-c', script], { stdio: 'ignore' });
  started.add(service);
  return service;
}

function serviceOf(service: ChildProcess, started: Set<ChildProcess>): ReaderServiceHere {
  const inside = new Set<ChildProcess>([service]);
  return {
    stop: () => inside.forEach((child) => child.kill('SIGKILL')),
    insert: (card, reader = 0) => {
      const program = join(import.meta.dirname, '../../adapters/fixtures/virtual-card.ts');
      const which = card === 'nobody' ? ['nobody'] : [card.kind, card.file];
      const enter = ['-t', String(service.pid), '-n', process.execPath, program, String(port + reader), ...which];
      let child: ChildProcess | undefined;
      let isOut = false;
      // Until the service has its network and its readers, a card finds none: it is put in again.
      const putIn = () => {
        if (isOut || service.signalCode !== null || service.exitCode !== null) return;
        child = spawn('/usr/bin/nsenter', enter, { stdio: 'ignore' }).once('exit', (code) => code === 1 && setTimeout(putIn, 100));
        for (const set of [started, inside]) set.add(child);
      };
      putIn();
      return () => {
        isOut = true;
        child?.kill('SIGKILL');
      };
    },
  };
}
