/**
 * Packages Keyward into a directory: `package-directory [--electron <directory of an Electron distribution>]
 * [--output <directory>]`. Builds what is stale, stages the core with its Node and native code, writes the list of their
 * hashes into the archive, and has electron-builder do the rest.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'electron-builder';
import { listCoreFiles } from '../main/hosts/core-integrity.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const staged = join(root, 'out/staged');
const require = createRequire(import.meta.url);

/** Packages of native code, and what of each is needed to run. Those of other systems are not installed here. */
const nativePackages: readonly { readonly name: string; readonly files: readonly string[] }[] = [
  { name: 'pkcs11js', files: ['package.json', 'index.js', 'LICENSE', 'build/Release/pkcs11.node'] },
  { name: '@napi-rs/keyring', files: ['package.json', 'index.js', 'LICENSE'] },
];

/** Prebuilt parts of the keychain package, by platform and architecture. */
const keychainParts: Readonly<Record<string, readonly string[]>> = {
  'linux-x64': ['keyring-linux-x64-gnu', 'keyring.linux-x64-gnu.node'],
  'linux-arm64': ['keyring-linux-arm64-gnu', 'keyring.linux-arm64-gnu.node'],
  'darwin-arm64': ['keyring-darwin-arm64', 'keyring.darwin-arm64.node'],
  'win32-x64': ['keyring-win32-x64-msvc', 'keyring.win32-x64-msvc.node'],
};

function run(program: string, ...options: readonly string[]): void {
  const { status } = spawnSync(program, options, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
}

function stageCore(): void {
  cpSync(join(root, 'dist/core'), join(staged, 'core'), { recursive: true });
  writeFileSync(join(staged, 'core/package.json'), '{ "type": "module" }\n');
  for (const { name, files } of nativePackages) stagePackage(name, files);
  const [part, addon] = keychainParts[`${process.platform}-${process.arch}`] ?? [];
  if (part !== undefined && addon !== undefined) stagePackage(`@napi-rs/${part}`, ['package.json', addon]);
}

function stagePackage(name: string, files: readonly string[]): void {
  const from = dirname(require.resolve(`${name}/package.json`));
  for (const file of files) copy(join(from, file), join(staged, 'core/node_modules', name, file));
}

function stageNode(): void {
  const isWindows = process.platform === 'win32';
  const name = isWindows
    ? `node-win-${process.arch}`
    : process.platform === 'darwin'
      ? `node-bin-darwin-${process.arch}`
      : `node-linux-${process.arch}`;
  const from = dirname(require.resolve(`${name}/package.json`));
  const program = isWindows ? 'node.exe' : 'node';
  copy(join(from, 'bin', program), join(staged, 'node', program));
  copy(join(from, 'LICENSE'), join(staged, 'node/LICENSE'));
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { dereference: true });
}

const { values } = parseArgs({ options: { electron: { type: 'string' }, output: { type: 'string' } } });
run(process.execPath, join(root, 'scripts/build.ts'), 'renderer', 'preload-electron', 'shell', 'core');
rmSync(staged, { recursive: true, force: true });
stageCore();
stageNode();
writeFileSync(join(root, 'dist/main/core-files.json'), `${JSON.stringify(await listCoreFiles(staged), undefined, 1)}\n`);
await build({
  projectDir: root,
  [{ linux: 'linux', darwin: 'mac', win32: 'win' }[process.platform as 'linux' | 'darwin' | 'win32']]: ['dir'],
  publish: 'never',
  config: {
    extends: join(root, 'electron-builder.yml'),
    ...(values.electron === undefined ? {} : { electronDist: resolve(values.electron) }),
    ...(values.output === undefined ? {} : { directories: { output: resolve(values.output) } }),
  },
});
