import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout, without a slash at the end. */
export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

const foreign = new Set(['node_modules', 'dist', 'out', '.git', '.cache', 'test-results', 'vectors']);

/**
 * Files of the tree as paths from its root, without what is installed, built, or kept as others wrote it. Found by
 * walking, so that a checkout without git is looked at, too.
 */
export function filesOf(...patterns: readonly string[]): string[] {
  return globSync([...patterns], { cwd: root, exclude: (path) => foreign.has(basename(path)) }).sort();
}

export const contentOf = (file: string): string => readFileSync(join(root, file), 'utf8');

export const sources = (): string[] => filesOf('{main,renderer,preload,native,scripts,test}/**/*.{ts,tsx,mjs}', '*.ts');

/** Every file a person writes, with words or code in it. */
export const writings = (): string[] => [
  ...sources(),
  ...filesOf('{main,renderer,preload,native,resources,scripts,test,docs}/**/*.{css,html,json,md,py,sh,yml,csv,c}', '*.{json,md,yml}'),
  ...filesOf(
    'scripts/{build,check,debian-packages,electron,environment,setup,start,test}',
    'keyward',
    '.ci/run',
    '.*.json',
    '.*.mjs',
    '.npmrc',
  ),
];
