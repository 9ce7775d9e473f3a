import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const driver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
const port = 0x8c7b;

const [socket, pidFile] = ['/run/pcscd/pcscd.comm', '/run/pcscd/pcscd.pid'];

/** Whether the machine has one of its own. */
function isRunning(): boolean {
  if (!existsSync(pidFile)) return false;
  try {
    return process.kill(Number(readFileSync(pidFile, 'utf8')), 0);
  } catch {
    return false;
  }
}

/** In CI a missing package is a failure: the tests run and say so. */
function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may start one';
  const isInstalled = [driver, '/usr/sbin/pcscd'].every((file) => existsSync(file));
  if (!isInstalled && process.env['CI'] === undefined) return 'vsmartcard-vpcd is not installed';
  return isRunning() ? 'one is running already' : undefined;
}

/** What keeps a real reader service from being started here. */
export const whyNoReaderService = whyNot();

/** A computer whose reader service is installed and does not run, whatever happens on this one meanwhile. */
export const stoppedReaderService = { socket: '/nowhere/pcscd.comm', programs: [process.execPath], milliseconds: 2_000 };

export interface ReaderServiceHere {
  /** Puts a card into its first reader; the answer pulls it out. */
  readonly insert: (kind: 'piv' | 'nobody') => () => void;
  readonly stop: () => void;
}

/**
 * The real pcscd with virtual readers or none, until the test ends; in a network of its own, because the readers listen to
 * all of it. One at a time on a machine. It is killed without warning, and what it leaves is in the way of the next.
 */
export function startReaderService(readers: 'two' | 'none'): ReaderServiceHere {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-pcsc-'));
  mkdirSync('/run/pcscd', { recursive: true });
  for (const file of [socket, pidFile]) rmSync(file, { force: true });
  if (readers === 'two') {
    const lines = [
      'FRIENDLYNAME "Virtual PCD"',
      `DEVICENAME /dev/null:0x${port.toString(16)}`,
      `LIBPATH ${driver}`,
      `CHANNELID 0x${port.toString(16)}`,
    ];
    writeFileSync(join(directory, 'vpcd.conf'), `${lines.join('\n')}\n`);
  }
  const service = spawn('/usr/bin/unshare', ['-n', 'sh', '-c', `ip link set lo up; exec pcscd --foreground --config '${directory}'`], {
    stdio: 'ignore',
  });
  const started = new Set<ChildProcess>([service]);
  const stop = () => started.forEach((child) => child.kill('SIGKILL'));
  onTestFinished(() => {
    stop();
    for (const file of [directory, socket, pidFile]) rmSync(file, { recursive: true, force: true });
  });
  return {
    stop,
    insert: (kind) => {
      const program = join(import.meta.dirname, '../../adapters/fixtures/virtual-card.ts');
      const card = spawn('/usr/bin/nsenter', ['-t', String(service.pid), '-n', process.execPath, program, String(port), kind], {
        stdio: 'ignore',
      });
      started.add(card);
      return () => card.kill('SIGKILL');
    },
  };
}
