import { AppError } from '../../../domain/errors.ts';
import type { OpeningRecord } from '../../../ports/stores/operators.ts';

/** The members of an opening's stored parameters. @throws AppError store.corrupt when they are no JSON object. */
export function parseParameters(opening: OpeningRecord): Readonly<Record<string, unknown>> {
  const value = parseJson(opening.parameters);
  if (typeof value !== 'object' || value === null) throw corruptOpening(opening);
  return { ...value };
}

/** The error for an opening that no passphrase or code could ever open. */
export function corruptOpening({ operatorId, method }: OpeningRecord): AppError {
  return new AppError('store.corrupt', 'What seals an operator key was altered.', { what: `operator opening (${method})`, id: operatorId });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
