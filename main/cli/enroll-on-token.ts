import { AppError } from '../domain/errors.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { optional } from './option-values.ts';
import { keysOptions } from './pin-options.ts';

/**
 * Enrols one person on a token, with the shape of the answer that enrolling in the vault has.
 * @throws AppError input.invalid for more than one person; token.* also when only the certificate could not be written
 */
export async function enrollOnToken(context: CommandContext, people: readonly string[], token: string): Promise<CommandResult> {
  const [person, ...more] = people;
  if (person === undefined || more.length > 0)
    throw new AppError('input.invalid', 'A token is for one person: name exactly one.', { field: 'people', rule: 'one' });
  const made = await context.client.tokens.enroll({
    person,
    token,
    ...(await keysOptions(context, token)),
    ...optional(context.options, 'profile', 'profile'),
    ...(optional(context.options, 'algorithm', 'algorithm') as object),
  });
  if (made.unfinished !== null) throw unfinished(made.unfinished, made.certificates);
  const { certificates, token: serialNumber, auditIndex } = made;
  const json = { job: null, state: 'done', total: 1, done: 1, skipped: 0, failed: [], certificates, token: serialNumber, auditIndex };
  return { json, text: `Issued on token ${serialNumber}: ${certificates.join(', ')}` };
}

/** What went wrong at the end, with what to do about it. */
function unfinished(
  { code, message }: { readonly code: AppError['code']; readonly message: string },
  certificates: readonly string[],
): AppError {
  const sentence = `${message} The certificates are issued, but theirs is not on the token yet: run the same command again.`;
  return new AppError(code, sentence, { certificates });
}
