import { relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { allowanceFor, readAllowedSkips } from '../../scripts/suites/allowed-skips.ts';
import { readPlaywrightReport } from '../../scripts/suites/playwright-report.ts';
import { complete, failureOf } from '../../scripts/suites/suite.ts';
import { readVitestReport } from '../../scripts/suites/vitest-report.ts';
import { runTool } from './support/run.ts';
import { contentOf, filesOf, root } from './support/tree.ts';

const assertion = (title: string, status: string, ...failureMessages: string[]) => ({
  ancestorTitles: ['group'],
  title,
  status,
  failureMessages,
});
const file = (name: string, status: string, ...assertionResults: unknown[]) => ({
  name,
  status,
  message: 'no such module\n at',
  assertionResults,
});

describe('a report of vitest', () => {
  test('counts what passed and names what failed or was skipped, with what it said', () => {
    const tests = [
      assertion('a', 'passed'),
      assertion('b', 'failed', '\u001B[31mexpected 2\u001B[39m\n\nto be 3'),
      assertion('c', 'skipped'),
      assertion('d', 'todo'),
    ];
    expect(readVitestReport({ testResults: [file('/r/test/x.test.ts', 'failed', ...tests)] }, '/r/')).toEqual({
      passed: 1,
      failed: [{ name: 'test/x.test.ts › group › b', said: ['expected 2', 'to be 3'] }],
      unsteady: [],
      skipped: ['test/x.test.ts › group › c', 'test/x.test.ts › group › d'],
    });
  });

  test('counts a file that could not be loaded as a failure, although no test of it failed', () => {
    const { failed } = readVitestReport({ testResults: [file('/r/test/x.test.ts', 'failed')] }, '/r/');
    expect(failed).toEqual([{ name: 'test/x.test.ts could not be run', said: ['no such module', ' at'] }]);
  });

  test('of another shape is refused, not counted as empty', () => {
    expect(() => readVitestReport({}, '/r/')).toThrow(/testResults/);
  });
});

describe('a report of Playwright', () => {
  const spec = (title: string, status: string, ...results: unknown[]) => ({ title, tests: [{ projectName: 'electron', status, results }] });
  const bad = (message: string) => ({ error: { message } });

  test('counts through nested groups, and names what passed only when it was tried again', () => {
    const inner = { title: 'sign in', specs: [spec('a', 'expected', {}), spec('b', 'flaky', bad('too late'), {})] };
    const outer = {
      title: 'x.spec.ts',
      specs: [spec('c', 'unexpected', bad('not there'), bad('not there')), spec('d', 'skipped')],
      suites: [inner],
    };
    expect(readPlaywrightReport({ suites: [outer], errors: [{ message: 'no browser\nat' }] })).toEqual({
      passed: 2,
      failed: [
        { name: 'electron › x.spec.ts › c', said: ['not there'] },
        { name: 'Playwright', said: ['no browser', 'at'] },
      ],
      unsteady: [{ name: 'electron › x.spec.ts › sign in › b', said: ['too late'] }],
      skipped: ['electron › x.spec.ts › d'],
    });
  });
});

describe('a suite', () => {
  const none = { passed: 0, failed: [], unsteady: [], skipped: [] };
  const failedAs = (name: string) => [{ name, said: [] }];

  test('what a failure says is cut, not the run’s end filled with it', () => {
    expect(failureOf('a', 'line\n'.repeat(500)).said).toHaveLength(12);
  });

  test('without a report has failed', () => {
    expect(complete('unit', undefined, 137).failed).toEqual(failedAs('unit: the runner left no report and ended with 137'));
  });

  test('in which no test ran has failed', () => {
    expect(complete('unit', { ...none, skipped: ['a'] }, 0).failed).toEqual(failedAs('unit: no test ran'));
  });

  test('whose runner ended badly has failed, although every test passed', () => {
    const outcome = complete('unit', { ...none, passed: 3 }, 1);
    expect(outcome.failed).toEqual(failedAs('unit: every test passed, but the runner ended with 1'));
  });

  test('that went well stays as it is', () => {
    const outcome = { ...none, passed: 3, skipped: ['a'] };
    expect(complete('unit', outcome, 0)).toBe(outcome);
  });
});

describe('an allowed skip', () => {
  const allowed = readAllowedSkips('# why\n\nelectron: its program is not here\n');

  test('covers what has its name as a whole link', () => {
    expect(allowanceFor('electron › x.spec.ts › a', allowed)?.reason).toBe('its program is not here');
    expect(allowanceFor('chromium › electron.spec.ts › starts electron', allowed)).toBeUndefined();
  });

  test('without a reason is refused', () => {
    expect(() => readAllowedSkips('electron')).toThrow('without a reason');
  });
});

test('every test file is run by one suite, and by no other', async () => {
  const { stdout } = await runTool('vitest', ['list', '--filesOnly', '--json'], root);
  const listed = z.array(z.object({ file: z.string(), projectName: z.string() })).parse(JSON.parse(stdout));
  const files = listed.map(({ file }) => relative(root, file)).sort();
  expect(files).toEqual(filesOf('test/**/*.test.{ts,tsx}').filter((file) => !file.startsWith('test/e2e/')));
  expect([...new Set(listed.map(({ projectName }) => projectName))].sort()).toEqual([
    'architecture',
    'integration',
    'renderer',
    'together',
    'unit',
  ]);
});

test('every allowed skip names something there is', () => {
  const code = filesOf('test/**/*.{test.ts,test.tsx,spec.ts}', 'test/e2e/playwright.config.ts')
    .filter((file) => !file.startsWith('test/architecture/'))
    .map(contentOf)
    .join('\n');
  const allowed = readAllowedSkips(contentOf('test/allowed-skips.txt'));
  expect(allowed.length).toBeGreaterThan(0);
  expect(allowed.map(({ name }) => name).filter((name) => !code.includes(`'${name}'`))).toEqual([]);
});
