import type { MailClientSummary, MailFindingView, MailProfileSummary } from '../contract/mail.ts';
import { AppError } from '../domain/errors.ts';
import { wordMailFinding, type MailLocale } from '../domain/locale/word-mail.ts';
import { mailClientNames, type MailClientId } from '../domain/mail-client/mail-client.ts';
import type { MailFinding } from '../domain/mail-client/mail-finding.ts';
import type { MailClient, MailClientState, MailProfile } from '../ports/mail-client.ts';

/** @throws AppError unsupported for one that is not set up on this system */
export function findMailClient(clients: readonly MailClient[], id: MailClientId): MailClient {
  const client = clients.find((candidate) => candidate.id === id);
  if (client === undefined) throw new AppError('unsupported', 'This mail program is not set up from here.', { what: mailClientNames[id] });
  return client;
}

export function summariseProfile({ path, name, isDefault, isOpen, identities, isAnybodys = false }: MailProfile): MailProfileSummary {
  return { path, name, isDefault, isOpen, identities, isAnybodys };
}

export function summariseClient({ id, openPgp }: MailClient, { isInstalled, profiles }: MailClientState): MailClientSummary {
  return { id, name: mailClientNames[id], isInstalled, takesOpenPgp: openPgp !== undefined, profiles: profiles.map(summariseProfile) };
}

export function viewFinding(finding: MailFinding, locale: MailLocale): MailFindingView {
  return { code: finding.code, address: finding.address ?? null, sentence: wordMailFinding(finding, locale) };
}
