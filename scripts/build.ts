/**
 * Builds what is stale: all, or the targets named. A target is fresh while its inputs have the content they had when it
 * was built, by a digest kept in `dist`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildTarget } from './build-targets.ts';
import { buildTargets } from './build-targets.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamps = join(root, 'dist/.built');

function digestOf(target: BuildTarget): string {
  const hash = createHash('sha256').update(JSON.stringify(target));
  const files = globSync([...target.inputs], { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash
      .update(path.slice(root.length))
      .update('\0')
      .update(createHash('sha256').update(readFileSync(path)).digest());
  }
  return hash.digest('hex');
}

function build(target: BuildTarget): void {
  const stamp = join(stamps, target.name);
  const digest = digestOf(target);
  if (existsSync(join(root, target.output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  const begin = performance.now();
  const { status } = spawnSync(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'warn', ...target.arguments], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`building ${target.name} failed`);
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, digest);
  console.log(`build: ${target.name} in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !buildTargets.some((target) => target.name === name));
if (unknown.length > 0) throw new Error(`no such target: ${unknown.join(', ')}`);
for (const target of buildTargets) if (wanted.length === 0 || wanted.includes(target.name)) build(target);
