import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A tool that reads the tree and exits with 0 when it finds nothing wrong. */
export interface StaticCheck {
  readonly name: string;
  /** A program of node_modules/.bin. */
  readonly command: string;
  readonly arguments: readonly string[];
}

/** Folders whose modules obey the rules of who may import whom. */
export const rooms: readonly string[] = ['main', 'renderer', 'preload', 'native'];

/** Every TypeScript project of the tree, as the folder of its tsconfig.json. */
export function typescriptProjects(root: string): string[] {
  const found = globSync('**/tsconfig.json', { cwd: root, exclude: (name) => ['node_modules', 'dist', 'out'].includes(name) });
  return found.map(dirname).sort();
}

/** Compiled whole by another project (`renderer`); they are there for editors and the linter. */
const compiledElsewhere: ReadonlySet<string> = new Set(['test/renderer']);

/** All checks that need no test to run: `npm run check` and the architecture tests take them from here. */
export function staticChecks(root: string): StaticCheck[] {
  const projects = typescriptProjects(root).filter((project) => !compiledElsewhere.has(project));
  const compile = projects.map((project) => ({ name: `tsc ${project}`, command: 'tsc', arguments: ['-p', project] }));
  return [
    ...compile,
    { name: 'oxlint', command: 'oxlint', arguments: ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'] },
    { name: 'oxfmt', command: 'oxfmt', arguments: ['--check'] },
    { name: 'dependency-cruiser', command: 'depcruise', arguments: ['--config', '.dependency-cruiser.mjs', ...rooms] },
    { name: 'knip', command: 'knip', arguments: ['--no-progress'] },
  ];
}

/** Where the check's program stands. */
export const programOf = (root: string, check: StaticCheck): string => join(root, 'node_modules/.bin', check.command);
