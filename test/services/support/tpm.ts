import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { TokenModule } from '../../../main/adapters/tokens/known-modules.ts';

export const tpmModule: TokenModule = {
  name: 'TPM',
  library: '/usr/lib/x86_64-linux-gnu/pkcs11/libtpm2_pkcs11.so',
  isOpenedAnew: true,
};

const needed = ['/usr/bin/swtpm', '/usr/sbin/tpm2-abrmd', '/usr/bin/dbus-daemon', tpmModule.library];

/** In CI a missing package is a failure: the tests run and say so. */
export const whyNoTpm =
  needed.every((file) => existsSync(file)) || process.env['CI'] !== undefined ? undefined : 'swtpm or the driver of TPMs is not installed';

/** A TPM made of software with nothing on it, its broker on a bus of its own, and the environment that leads to it, until the test ends. */
export async function startTpm(): Promise<{ readonly directory: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-tpm-'));
  const path = (name: string) => join(directory, name);
  for (const folder of ['state', 'store']) mkdirSync(path(folder), { mode: 0o700 });
  const started: ChildProcess[] = [];
  const start = (program: string, ...args: readonly string[]) => {
    started.push(
      spawn(program, args, { stdio: 'ignore', env: { PATH: '/usr/bin:/bin', DBUS_SESSION_BUS_ADDRESS: `unix:path=${path('bus')}` } }),
    );
  };
  setEnvironment({
    TPM2_PKCS11_STORE: path('store'),
    TPM2_PKCS11_TCTI: 'tabrmd:bus_type=session',
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${path('bus')}`,
  });
  onTestFinished(() => {
    for (const child of started) child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });
  const sockets = ['--server', `type=unixio,path=${path('tpm')}`, '--ctrl', `type=unixio,path=${path('tpm.ctrl')}`];
  start('/usr/bin/swtpm', 'socket', '--tpm2', '--tpmstate', `dir=${path('state')}`, ...sockets, '--flags', 'not-need-init,startup-clear');
  start('/usr/bin/dbus-daemon', '--session', '--nofork', `--address=unix:path=${path('bus')}`);
  await until(() => existsSync(path('tpm')) && existsSync(path('bus')));
  start('/usr/sbin/tpm2-abrmd', '--allow-root', '--session', `--tcti=swtpm:path=${path('tpm')}`);
  await until(() => isOnBus(path('bus')));
  return { directory };
}

function isOnBus(bus: string): boolean {
  const ask = ['--dest=org.freedesktop.DBus', '--print-reply', '/', 'org.freedesktop.DBus.NameHasOwner', 'string:com.intel.tss2.Tabrmd'];
  const asked = spawnSync('/usr/bin/dbus-send', [`--bus=unix:path=${bus}`, ...ask], { encoding: 'utf8' });
  return asked.stdout.includes('boolean true');
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries === 300) throw new Error('the TPM made of software does not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function setEnvironment(values: Readonly<Record<string, string>>): void {
  const before = Object.fromEntries(Object.keys(values).map((name) => [name, process.env[name]]));
  Object.assign(process.env, values);
  onTestFinished(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
}
