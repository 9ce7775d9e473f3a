import { AppError } from '../domain/errors.ts';
import type { CommandContext } from './command.ts';
import { only } from './option-values.ts';

/** Who is named, or else the person that whoever signed in is. @throws AppError input.invalid for several; session.no-person */
export async function namedOrSelf(context: Pick<CommandContext, 'client' | 'positionals'>): Promise<string> {
  if (context.positionals.length > 0) return only(context, 'person');
  const self = (await context.client.workspace.status({})).signedIn?.personId ?? null;
  if (self === null) throw new AppError('session.no-person', 'Nobody has said which person you are.');
  return self;
}
