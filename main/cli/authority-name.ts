import { AppError } from '../domain/errors.ts';
import type { CommandContext } from './command.ts';

/** An authority's id; its name does as well. */
export async function identifyAuthority({ client }: CommandContext, text: string): Promise<string> {
  const { authorities } = await client.authorities.list({});
  const found = authorities.find(({ id, name }) => id === text || name === text);
  if (found === undefined) throw new AppError('not-found', 'There is no such authority here.', { what: 'authority', id: text });
  return found.id;
}
