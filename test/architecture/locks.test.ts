import { expect, test } from 'vitest';
import { z } from 'zod';
import { runTool } from './support/run.ts';
import { sampleTree } from './support/sample-tree.ts';

const projects = ['package.json', 'tsconfig.base.json', 'tsconfig.json', 'main/domain/tsconfig.json'];

/** What a module of the domain could be tempted to take from Node or the window, by the word the compiler names. */
const impure: Readonly<Record<string, string>> = {
  Buffer: 'export const octets = Buffer.from([1]);',
  process: 'export const given = process.argv;',
  fetch: 'export const answer = fetch("https://a.example");',
  document: 'export const title = document.title;',
  TextEncoder: 'export const encoder = new TextEncoder();',
  crypto: 'export const id = crypto.randomUUID();',
  setTimeout: 'setTimeout(() => {}, 1);',
  console: 'console.log(1);',
  'node:fs': 'export { readFileSync } from "node:fs";',
};

test('the domain compiles with neither Node nor a window, and only without them', async () => {
  const statements = Object.entries(impure);
  const modules = statements.map(([, statement], at): [string, string] => [`main/domain/impure-${at}.ts`, statement]);
  const pure = { 'main/domain/pure.ts': 'export const year = (instant: Date): number => instant.getUTCFullYear();' };
  const { output } = await runTool('tsc', ['-p', 'main/domain'], sampleTree({ ...pure, ...Object.fromEntries(modules) }, projects));
  const complaints = output.split('\n').filter((line) => /error TS/.test(line));
  expect(complaints.map((line) => line.split('(')[0])).toEqual(modules.map(([file]) => file));
  for (const [at, [name]] of statements.entries()) expect(complaints[at]).toContain(`'${name}'`);
});

const lines = (count: number, line: string) => `${line}\n`.repeat(count);
const body = (count: number) => `export function long(): number {\n  let sum = 0;\n${lines(count, '  sum += 1;')}  return sum;\n}\n`;

/** For each limit of the house, a module just inside and one just outside. */
const limits: readonly { rule: string; file: string; outside: string; inside: string }[] = [
  { rule: 'max-lines', file: 'main/services/a.ts', outside: lines(401, 'export {};'), inside: lines(400, 'export {};') },
  { rule: 'max-lines-per-function', file: 'main/services/a.ts', outside: body(57), inside: body(56) },
  {
    rule: 'no-explicit-any',
    file: 'main/services/a.ts',
    outside: 'export const a = (b: any): unknown => b;\n',
    inside: 'export const a = (b: unknown): unknown => b;\n',
  },
  {
    rule: 'no-floating-promises',
    file: 'main/services/a.ts',
    outside: 'export function a(b: () => Promise<number>): void {\n  b();\n}\n',
    inside: 'export async function a(b: () => Promise<number>): Promise<void> {\n  await b();\n}\n',
  },
  {
    rule: 'switch-exhaustiveness-check',
    file: 'main/services/a.ts',
    outside: `export function a(b: 'x' | 'y'): number {\n  switch (b) {\n    case 'x':\n      return 1;\n  }\n  return 0;\n}\n`,
    inside: `export function a(b: 'x' | 'y'): number {\n  switch (b) {\n    case 'x':\n      return 1;\n    case 'y':\n      return 2;\n  }\n}\n`,
  },
  {
    rule: 'no-non-null-assertion',
    file: 'main/services/a.ts',
    outside: 'export const a = (b: string[]): string => b[0]!;\n',
    inside: `export const a = (b: string[]): string => b[0] ?? '';\n`,
  },
  {
    rule: 'no-empty',
    file: 'main/services/a.ts',
    outside: 'export function a(b: () => void): void {\n  try {\n    b();\n  } catch {}\n}\n',
    inside: 'export function a(b: () => void): boolean {\n  try {\n    b();\n    return true;\n  } catch {\n    return false;\n  }\n}\n',
  },
  {
    rule: 'no-console',
    file: 'main/services/a.ts',
    outside: 'console.log(1);\n',
    inside: 'export {};\n',
  },
  {
    rule: 'no-restricted-properties',
    file: 'main/domain/a.ts',
    outside: 'export const a = (): number => Math.random();\n',
    inside: 'export const a = (): number => Math.abs(1);\n',
  },
  {
    rule: 'no-restricted-properties',
    file: 'main/services/a.ts',
    outside: 'export const a = (): number => Date.now();\n',
    inside: 'export const a = (): number => Date.parse("2026-01-01");\n',
  },
  { rule: 'filename-case', file: 'main/services/wrongName.ts', outside: 'export {};\n', inside: 'export {};\n' },
];

const lintSchema = z.object({ diagnostics: z.array(z.object({ filename: z.string(), code: z.string() })) });

test('the lint refuses what is just outside a limit, and nothing that is inside', async () => {
  const outside = limits.map((limit, at) => ({ ...limit, file: limit.file.replace('a.ts', `outside-${at}.ts`) }));
  const files = Object.fromEntries<string>([
    ...outside.map(({ file, outside: content }) => [file, content] as const),
    ...limits.map(({ file, inside }, at) => [file.replace(/[^/]+$/, `inside-${at}.ts`), inside] as const),
  ]);
  const directory = sampleTree(files, [...projects, '.oxlintrc.json']);
  const { stdout } = await runTool('oxlint', ['--type-aware', '--format', 'json', 'main'], directory);
  const found = lintSchema.parse(JSON.parse(stdout)).diagnostics;
  const codes = found.map(({ filename, code }) => `${filename} ${code.replace(/^.*\(|\)$/g, '')}`);
  expect([...new Set(codes)].sort()).toEqual(outside.map(({ file, rule }) => `${file} ${rule}`).sort());
});
