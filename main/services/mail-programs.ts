import type { JobError } from '../contract/enrollment.ts';
import type { MailProgram } from '../contract/mail.ts';
import { AppError, type ErrorCode, type ErrorDetails } from '../domain/errors.ts';
import { requireFit } from '../domain/mail-client/fitness.ts';
import { deliverableKitIds, mailKit, mailKitName } from '../domain/mail-client/kit/kits.ts';
import { mailClientIds, mailClientNames, type MailClientId } from '../domain/mail-client/mail-client.ts';
import { findPerson } from './find-person.ts';
import type { MailExportParts } from './mail-export.ts';
import { requireInUse, rowsForKit } from './mail-kit.ts';
import { gatherSetup, rowsToTake } from './mail-setup.ts';

export interface MailProgramParts extends MailExportParts {
  readonly wordError: (code: ErrorCode, details?: ErrorDetails) => JobError;
}

/**
 * Every mail program keys can be handed to, and what stands in the way of this person's: asked before a hand-over, by the same rules
 * that refuse it. Nothing is opened.
 * @throws AppError not-found
 */
export async function listMailPrograms(parts: MailProgramParts, text: string): Promise<{ readonly programs: readonly MailProgram[] }> {
  const stores = parts.read();
  const person = await findPerson(stores, text);
  const gathered = await gatherSetup(stores, parts.sha256Hex, person, {
    encrypt: 'ask',
    now: parts.clock.now(),
    tokens: parts.tokens,
  });
  const takesCards = (client: MailClientId) => parts.mailClients.some((one) => one.id === client && one.takesCards);
  const programs: MailProgram[] = [];
  for (const client of deliverableKitIds) {
    const style = mailKit(client).keys?.style ?? 'modern';
    const obstacle = await obstacleTo(parts, () => rowsForKit(parts, gathered, client, style));
    programs.push({ client, name: mailKitName(client), how: 'files', obstacle });
  }
  const elsewhere = new Set(parts.mailClients.filter(({ isElsewhere }) => isElsewhere === true).map(({ id }) => id));
  for (const client of mailClientIds.filter((id) => !elsewhere.has(id))) {
    const obstacle = await obstacleTo(parts, async () => {
      requireInUse(gathered.setup.certificates);
      requireFit(client, gathered.setup.certificates);
      await rowsToTake(stores, takesCards(client), gathered);
    });
    programs.push({ client, name: mailClientNames[client], how: 'here', obstacle });
  }
  return { programs };
}

async function obstacleTo({ wordError }: MailProgramParts, require: () => Promise<unknown>): Promise<JobError | null> {
  try {
    await require();
    return null;
  } catch (error) {
    if (error instanceof AppError) return wordError(error.code, error.details);
    throw error;
  }
}
