import { z } from 'zod';
import type { Failure, Outcome } from './suite.ts';
import { failureOf, separator } from './suite.ts';

const resultSchema = z.object({ error: z.object({ message: z.string().optional() }).optional() });

const specSchema = z.object({
  title: z.string(),
  tests: z.array(
    z.object({
      projectName: z.string(),
      status: z.enum(['skipped', 'expected', 'unexpected', 'flaky']),
      results: z.array(resultSchema),
    }),
  ),
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

interface Test extends Failure {
  readonly status: z.infer<typeof specSchema>['tests'][number]['status'];
}

/** Reads what Playwright's `json` reporter wrote. A test that passed only when tried again is unsteady. */
export function readPlaywrightReport(report: unknown): Outcome {
  const { suites, errors } = reportSchema.parse(report);
  const tests = suites.flatMap((group) => testsOf(group, []));
  const those = (wanted: Test['status']) => tests.filter(({ status }) => status === wanted).map(({ name, said }) => ({ name, said }));
  const unsteady = those('flaky');
  return {
    passed: those('expected').length + unsteady.length,
    failed: [...those('unexpected'), ...errors.map(({ message }) => failureOf('Playwright', message ?? 'unknown error'))],
    unsteady,
    skipped: those('skipped').map(({ name }) => name),
  };
}

function testsOf(group: Group, path: readonly string[]): Test[] {
  const titles = [...path, group.title];
  const own = group.specs.flatMap(({ title, tests }) =>
    tests.map(({ projectName, status, results }) => ({
      ...failureOf([projectName, ...titles, title].join(separator), results.find(({ error }) => error !== undefined)?.error?.message),
      status,
    })),
  );
  return [...own, ...(group.suites ?? []).flatMap((inner) => testsOf(inner, titles))];
}
