import { z } from 'zod';
import type { Failure, Outcome } from './suite.ts';
import { failureOf, separator } from './suite.ts';

const assertionSchema = z.object({
  ancestorTitles: z.array(z.string()),
  title: z.string(),
  status: z.string(),
  failureMessages: z.array(z.string()).optional(),
});

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(assertionSchema),
    }),
  ),
});

type FileResult = z.infer<typeof reportSchema>['testResults'][number];

/** Reads what vitest's `json` reporter wrote. A file that could not be loaded counts as one failure. */
export function readVitestReport(report: unknown, root: string): Outcome {
  const files = reportSchema.parse(report).testResults;
  const tests = files.flatMap((file) => testsOf(file, root));
  const those = (statuses: readonly string[]) =>
    tests.filter(({ status }) => statuses.includes(status)).map(({ name, said }) => ({ name, said }));
  return {
    passed: those(['passed']).length,
    failed: [
      ...those(['failed']),
      ...files.filter(isBroken).map((file) => failureOf(`${shortName(file, root)} could not be run`, file.message)),
    ],
    unsteady: [],
    skipped: those(['skipped', 'pending', 'todo', 'disabled']).map(({ name }) => name),
  };
}

const shortName = (file: FileResult, root: string): string => file.name.replace(root, '');

function testsOf(file: FileResult, root: string): (Failure & { readonly status: string })[] {
  return file.assertionResults.map(({ ancestorTitles, title, status, failureMessages }) => ({
    ...failureOf([shortName(file, root), ...ancestorTitles, title].join(separator), failureMessages?.[0]),
    status,
  }));
}

function isBroken(file: FileResult): boolean {
  return file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed');
}
