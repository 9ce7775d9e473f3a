import type { z } from 'zod';
import { Secret } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import { inputWords } from './input-words.ts';

/**
 * Validates what a caller sent.
 * @throws AppError input.invalid naming the first wrong field, the rule and what would fit; never the value.
 */
export function parseInput<Input>(schema: z.ZodType<Input>, input: unknown): Input {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AppError('input.invalid', inputWords(issue, input), {
    field: issue?.path.join('.') ?? '',
    rule: issue?.code ?? 'invalid',
  });
}

/** Wipes every secret a call carried, wherever in the input it stands. */
export function wipeSecrets(input: unknown): void {
  if (input instanceof Secret) input.wipe();
  else if (Array.isArray(input)) input.forEach(wipeSecrets);
  else if (isPlainRecord(input)) Object.values(input).forEach(wipeSecrets);
}

function isPlainRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
