import { AppError } from '../domain/errors.ts';
import type { CommandContext } from './command.ts';

/** An authority's id; its name does as well where it is the only one of that name. @throws AppError not-found, conflict */
export async function identifyAuthority({ client }: CommandContext, text: string): Promise<string> {
  const { authorities } = await client.authorities.list({});
  const named = authorities.filter(({ id, name }) => id === text || name === text);
  if (named.length > 1)
    throw new AppError('conflict', 'Several authorities have this name; give the id of one.', { what: 'authority', id: text });
  const [found] = named;
  if (found === undefined) throw new AppError('not-found', 'There is no such authority here.', { what: 'authority', id: text });
  return found.id;
}
