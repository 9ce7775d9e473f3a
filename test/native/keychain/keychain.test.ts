import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const script = fileURLToPath(new URL('./in-session.ts', import.meta.url));
const unlocked = 'printf %s "a login password" | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null; exec "$@"';

/** A person's home and runtime directory, empty at first. */
function person(): NodeJS.ProcessEnv {
  const directory = mkdtempSync(join(tmpdir(), 'kw-keys-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const name of ['home', 'run']) mkdirSync(join(directory, name), { mode: 0o700 });
  const path = `${dirname(process.execPath)}:/usr/bin:/bin`;
  return { PATH: path, HOME: join(directory, 'home'), XDG_RUNTIME_DIR: join(directory, 'run'), LC_ALL: 'C.UTF-8' };
}

function answers(program: readonly string[], env: NodeJS.ProcessEnv): unknown {
  const [command = '', ...args] = program;
  const { stdout, stderr, error } = spawnSync(command, args, { env, encoding: 'utf8', timeout: 60_000 });
  if (error !== undefined || stdout === '') throw new Error(`no answer: ${String(error)} ${stderr}`);
  return JSON.parse(stdout);
}

/** Does `acts` one after another in a desktop session with an unlocked Secret Service, or on a machine without one. */
const inSession = (env: NodeJS.ProcessEnv, ...acts: readonly string[]): unknown =>
  answers(['dbus-run-session', '--', 'bash', '-c', unlocked, 'bash', process.execPath, script, ...acts], env);
const withoutService = (env: NodeJS.ProcessEnv, ...acts: readonly string[]): unknown => answers([process.execPath, script, ...acts], env);

const key = (octet: string): string => octet.repeat(32);

test('a device key is kept, replaced and removed', () => {
  expect(inSession(person(), 'get:a', 'set:a:7', 'get:a', 'get:b', 'set:a:9', 'get:a', 'delete:a', 'get:a', 'delete:a')).toEqual([
    null,
    null,
    key('07'),
    null,
    null,
    key('09'),
    true,
    null,
    false,
  ]);
});

test('a device key is still there in the next session', () => {
  const env = person();
  expect(inSession(env, 'set:a:7')).toEqual([null]);
  expect(inSession(env, 'get:a')).toEqual([key('07')]);
});

test('something else under the name of a device key is not taken for one', () => {
  expect(inSession(person(), 'set-foreign:a', 'get:a')).toEqual([null, 'store.corrupt']);
});

test('without a Secret Service nothing is kept anywhere: every call is refused', () => {
  const env = person();
  expect(withoutService(env, 'set:a:7', 'get:a', 'delete:a')).toEqual(['unsupported', 'unsupported', 'unsupported']);
  expect(inSession(env, 'get:a')).toEqual([null]);
});

test('where native addons cannot be loaded, the keychain is said to be unsupported', () => {
  const source = `import('./native/keychain/index.ts').then(({ openDeviceKeychain }) => openDeviceKeychain('x')).catch((error) => console.log(error.code))`;
  const root = join(import.meta.dirname, '../../..');
  const { stdout } = spawnSync(process.execPath, ['--no-addons', '--input-type=module', '-e', source], { cwd: root, encoding: 'utf8' });
  expect(stdout).toBe('unsupported\n');
});
