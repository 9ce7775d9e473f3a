import { AppError } from '../domain/errors.ts';
import type { CommandContext, OptionValues } from './command.ts';

/** One text option, or undefined. */
export function text(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** `{ [key]: value }` where the option was given: for calls whose defaults are the contract's. */
export function optional<K extends string>(options: OptionValues, name: string, key: K): { [P in K]?: string } {
  const value = text(options, name);
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: string });
}

export const flag = (options: OptionValues, name: string): boolean => options[name] === true;

/** Every value of an option that may be repeated. */
export function list(options: OptionValues, name: string): string[] {
  const value = options[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** @throws AppError input.invalid when it is missing */
export function required(options: OptionValues, name: string): string {
  const value = text(options, name);
  if (value === undefined) throw new AppError('input.invalid', `The option --${name} is needed.`, { field: name, rule: 'required' });
  return value;
}

/** The only positional argument. @throws AppError input.invalid */
export function only({ positionals }: Pick<CommandContext, 'positionals'>, what: string): string {
  const [value, ...more] = positionals;
  if (value === undefined || more.length > 0)
    throw new AppError('input.invalid', `Name exactly one ${what}.`, { field: what, rule: 'one' });
  return value;
}

/** The number of an open descriptor. @throws AppError input.invalid */
export function descriptor(options: OptionValues, name: string): number | undefined {
  const value = text(options, name);
  if (value !== undefined && !/^\d{1,4}$/.test(value))
    throw new AppError('input.invalid', `--${name} takes the number of an open descriptor.`, { field: name, rule: 'number' });
  return value === undefined ? undefined : Number(value);
}

/** A count. @throws AppError input.invalid */
export function count(options: OptionValues, name: string): number | undefined {
  const value = text(options, name);
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new AppError('input.invalid', `--${name} takes a whole number.`, { field: name, rule: 'number' });
  return Number(value);
}
