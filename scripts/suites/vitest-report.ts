import { z } from 'zod';
import type { Outcome } from './suite.ts';
import { separator } from './suite.ts';

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() })),
    }),
  ),
});

type FileResult = z.infer<typeof reportSchema>['testResults'][number];

/** Reads what vitest's `json` reporter wrote. A file that could not be loaded counts as one failure. */
export function readVitestReport(report: unknown, root: string): Outcome {
  const files = reportSchema.parse(report).testResults;
  const tests = files.flatMap((file) => testsOf(file, root));
  const named = (statuses: readonly string[]) => tests.filter(({ status }) => statuses.includes(status)).map(({ name }) => name);
  return {
    passed: named(['passed']).length,
    failed: [
      ...named(['failed']),
      ...files.filter(isBroken).map((file) => `${shortName(file, root)} could not be run: ${firstLine(file)}`),
    ],
    skipped: named(['skipped', 'pending', 'todo', 'disabled']),
  };
}

const shortName = (file: FileResult, root: string): string => file.name.replace(root, '');
const firstLine = (file: FileResult): string => file.message.split('\n')[0] ?? '';

function testsOf(file: FileResult, root: string): { name: string; status: string }[] {
  return file.assertionResults.map(({ ancestorTitles, title, status }) => ({
    name: [shortName(file, root), ...ancestorTitles, title].join(separator),
    status,
  }));
}

function isBroken(file: FileResult): boolean {
  return file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed');
}
