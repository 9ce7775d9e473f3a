import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A desktop session's keychain on a bus of its own, for the tests of one file: the addon stays with the first bus it speaks to. */
export interface PrivateKeychain {
  /** The keychain as after signing in to the desktop. */
  unlocked(): Promise<void>;
  /** The same keychain, locked, and nobody there who could be asked. */
  locked(): Promise<void>;
  /** No keychain on the bus. */
  absent(): Promise<void>;
}

/** gnome-keyring on a private bus, unlocked at first. This process speaks to that bus until its tests have ended. */
export async function privateKeychain(): Promise<PrivateKeychain> {
  const directory = mkdtempSync(join(tmpdir(), 'kw-ring-'));
  for (const name of ['home', 'run']) mkdirSync(join(directory, name), { mode: 0o700 });
  const env = { PATH: '/usr/bin:/bin', HOME: join(directory, 'home'), XDG_RUNTIME_DIR: join(directory, 'run'), LC_ALL: 'C.UTF-8' };
  writeFileSync(join(directory, 'bus.conf'), busConfiguration(directory));
  const bus = spawn('dbus-daemon', ['--config-file', join(directory, 'bus.conf'), '--nofork', '--print-address'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(bus.stdout, 'data')) as [Buffer];
  const address = line.toString().trim();
  const before = process.env['DBUS_SESSION_BUS_ADDRESS'];
  process.env['DBUS_SESSION_BUS_ADDRESS'] = address;
  let ring: ChildProcess | undefined;
  const absent = async () => {
    await ended(ring);
    ring = undefined;
  };
  afterAll(async () => {
    await absent();
    await ended(bus);
    if (before === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = before;
    rmSync(directory, { recursive: true, force: true });
  });
  const begin = async (...how: readonly string[]) => {
    await absent();
    const args = ['--foreground', '--components=secrets', ...how];
    ring = spawn('gnome-keyring-daemon', args, { env: { ...env, DBUS_SESSION_BUS_ADDRESS: address }, stdio: ['pipe', 'ignore', 'ignore'] });
    ring.stdin?.end(how.includes('--unlock') ? 'a login password' : '');
    await onBus({ ...env, DBUS_SESSION_BUS_ADDRESS: address });
  };
  await begin('--unlock');
  return { unlocked: () => begin('--unlock'), locked: () => begin('--start'), absent };
}

/** A bus that starts nothing by itself: where nobody is, nobody comes. */
const busConfiguration = (directory: string): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=${directory}</listen>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`;

async function ended(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Resolves when the keychain answers. */
async function onBus(env: NodeJS.ProcessEnv): Promise<void> {
  const asked = [
    '--session',
    '--print-reply',
    '--reply-timeout=1000',
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
  ];
  for (let tries = 0; tries < 200; tries++) {
    const ask = spawn('dbus-send', [...asked, 'string:org.freedesktop.secrets'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    ask.stdout.on('data', (octets: Buffer) => (said += octets.toString()));
    await once(ask, 'close');
    if (said.includes('true')) return;
    await new Promise((resolve) => void setTimeout(resolve, 50));
  }
  throw new Error('the keychain did not come');
}
