import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** More choices than this are not listed. */
const mostChoices = 24;

/** What would have fitted, as the schema says; what was sent is never repeated. */
export function inputWords(issue: Issue | undefined, input: unknown): string {
  const field = issue === undefined || issue.path.length === 0 ? 'the request' : `"${issue.path.join('.')}"`;
  if (issue === undefined) return `The value of ${field} does not fit.`;
  if (valueAt(input, issue.path) === undefined && issue.code !== 'custom') return `${field} is needed.`;
  const rule = ruleOf(issue);
  return rule === undefined ? `The value of ${field} does not fit.` : `The value of ${field} ${rule}.`;
}

function ruleOf(issue: Issue): string | undefined {
  if (issue.code === 'invalid_value' && issue.values.length <= mostChoices) return `is not one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small') return smallest(issue.origin, Number(issue.minimum));
  if (issue.code === 'too_big') return largest(issue.origin, Number(issue.maximum));
  if (issue.code !== 'invalid_format') return undefined;
  return issue.format === 'url' && issue.pattern === '^http$' ? 'does not begin with http://' : formats[issue.format];
}

const formats: Readonly<Record<string, string>> = {
  datetime: 'is not a time such as 2026-01-31T00:00:00Z',
  date: 'is not a day such as 2026-01-31',
  uuid: 'is not an id as lists show it',
  url: 'is not a whole web address, with http:// or https:// in front',
};

function smallest(origin: string, minimum: number): string {
  if (origin === 'array') return minimum === 1 ? 'names nothing; at least one is needed' : `has fewer than ${minimum} items`;
  if (origin === 'string') return minimum === 1 ? 'is empty' : `is shorter than ${minimum} characters`;
  return `is below ${minimum}`;
}

function largest(origin: string, maximum: number): string {
  if (origin === 'array') return `has more than ${maximum} items`;
  return origin === 'string' ? `is longer than ${maximum} characters` : `is above ${maximum}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined),
    input,
  );
}
