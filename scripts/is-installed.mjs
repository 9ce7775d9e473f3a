/**
 * Exits 0 when node_modules holds what package-lock.json asks for. Compares the lock file with the record that npm
 * leaves behind when an installation is complete, and asks whether each package is still there. Runs on any Node from
 * 20 on, before anything is installed.
 */
import { existsSync, readFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const packagesOf = (file) => JSON.parse(readFileSync(new URL(file, root), 'utf8')).packages;

function isInstalled() {
  const wanted = Object.entries(packagesOf('package-lock.json')).filter(([path]) => path !== '');
  const found = packagesOf('node_modules/.package-lock.json');
  const isLeftOut = (item) => item.optional === true || item.devOptional === true;
  const isSame = (path, item) => found[path]?.version === item.version && found[path]?.integrity === item.integrity;
  const names = new Set(wanted.map(([path]) => path));
  return (
    wanted.every(([path, item]) => isSame(path, item) || (found[path] === undefined && isLeftOut(item))) &&
    Object.keys(found).every((path) => names.has(path) && existsSync(new URL(path, root)))
  );
}

try {
  process.exitCode = isInstalled() ? 0 : 1;
} catch (error) {
  if (error.code !== 'ENOENT') throw error;
  process.exitCode = 1;
}
