import { z } from 'zod';
import type { Outcome } from './suite.ts';
import { separator } from './suite.ts';

const specSchema = z.object({
  title: z.string(),
  tests: z.array(z.object({ projectName: z.string(), status: z.enum(['skipped', 'expected', 'unexpected', 'flaky']) })),
});

interface Group {
  readonly title: string;
  readonly specs: readonly z.infer<typeof specSchema>[];
  readonly suites?: readonly Group[] | undefined;
}

const groupSchema: z.ZodType<Group> = z.object({
  title: z.string(),
  specs: z.array(specSchema),
  suites: z.lazy(() => z.array(groupSchema)).optional(),
});

const reportSchema = z.object({ suites: z.array(groupSchema), errors: z.array(z.object({ message: z.string().optional() })) });

interface Test {
  readonly name: string;
  readonly status: z.infer<typeof specSchema>['tests'][number]['status'];
}

/** Reads what Playwright's `json` reporter wrote. A test that passed only when tried again counts as failed. */
export function readPlaywrightReport(report: unknown): Outcome {
  const { suites, errors } = reportSchema.parse(report);
  const tests = suites.flatMap((group) => testsOf(group, []));
  const named = (statuses: readonly Test['status'][]) => tests.filter(({ status }) => statuses.includes(status)).map(({ name }) => name);
  return {
    passed: named(['expected']).length,
    failed: [
      ...named(['unexpected', 'flaky']),
      ...errors.map(({ message }) => `Playwright: ${message?.split('\n')[0] ?? 'unknown error'}`),
    ],
    skipped: named(['skipped']),
  };
}

function testsOf(group: Group, path: readonly string[]): Test[] {
  const titles = [...path, group.title];
  const own = group.specs.flatMap(({ title, tests }) =>
    tests.map(({ projectName, status }) => ({ name: [projectName, ...titles, title].join(separator), status })),
  );
  return [...own, ...(group.suites ?? []).flatMap((inner) => testsOf(inner, titles))];
}
