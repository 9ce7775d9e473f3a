import { expect, test } from 'vitest';
import { staticChecks, typescriptProjects } from '../../scripts/static-checks.ts';
import { runTool } from './support/run.ts';
import { root } from './support/tree.ts';

test('every part of the tree has a TypeScript project', () => {
  expect(typescriptProjects(root)).toEqual(expect.arrayContaining(['.', 'main/domain', 'renderer', 'test/e2e', 'test/renderer']));
});

test.each(staticChecks(root))('$name finds nothing wrong', async (check) => {
  const { exitCode, output } = await runTool(check.command, check.arguments, root);
  expect(exitCode, output).toBe(0);
});
