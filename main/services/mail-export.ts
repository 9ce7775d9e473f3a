import type { MailExport } from '../contract/mail.ts';
import type { Secret } from '../contract/secret.ts';
import type { EncryptionChoice, MailClientId } from '../domain/mail-client/mail-client.ts';
import { identitiesOf } from '../domain/mail-client/choose-certificates.ts';
import type { Clock } from '../ports/clock.ts';
import type { MailClient } from '../ports/mail-client.ts';
import type { OpenPgp } from '../ports/openpgp.ts';
import type { Tokens } from '../ports/tokens.ts';
import type { ToolPrimitives } from '../ports/tool-primitives.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { CertificateExportParts } from './certificate-export.ts';
import type { Commit } from './handler.ts';
import { commitOf, intentOf, whileIntended } from './mail-intent.ts';
import { countKeys, withMailKeys } from './mail-keys.ts';
import { gatherSetup, rowsToTake } from './mail-setup.ts';
import { findMailClient } from './mail-profile.ts';
import { findPerson } from './find-person.ts';
import type { Session } from './session-registry.ts';

export interface MailExportParts extends CertificateExportParts {
  readonly clock: Clock;
  readonly auditTrail: AuditTrail;
  readonly mailClients: readonly MailClient[];
  readonly tokens: Tokens;
  readonly sha256Hex: (octets: Uint8Array) => string;
  readonly toolPrimitives: ToolPrimitives;
  readonly sha1Hex: (octets: Uint8Array) => string;
  readonly openPgp: OpenPgp;
}

export interface MailExportInput {
  readonly person: string;
  readonly client: MailClientId;
  readonly target?: string | undefined;
  readonly encrypt: EncryptionChoice;
  readonly profilePassword?: Secret | undefined;
  readonly recipients?: readonly string[] | undefined;
}

/**
 * Puts one person's keys into a mail program. The intent is recorded before the profile is touched, the outcome with the
 * audit entry; whatever fails in between, the profile is as it was.
 * @throws AppError as `MailClient.apply`; not-found, unsupported
 */
export async function exportToClient(parts: MailExportParts, session: Session, input: MailExportInput): Promise<Commit<MailExport>> {
  const stores = parts.read();
  const person = await findPerson(stores, input.person);
  const client = findMailClient(parts.mailClients, input.client);
  const profile = await client.find(input.target);
  const gathered = await gatherSetup(stores, parts.sha256Hex, person, {
    encrypt: input.encrypt,
    now: parts.clock.now(),
    tokens: parts.tokens,
    recipients: input.recipients,
  });
  const request = { profile, setup: gathered.setup, password: input.profilePassword?.reveal() };
  client.plan(request, countKeys(gathered.rows, gathered.setup.issuers));
  const rows = await rowsToTake(stores, client.takesCards, gathered);
  const certificates = gathered.setup.certificates.filter(({ isCurrent }) => isCurrent).map(({ id }) => id);
  const intent = intentOf(parts, session, { personId: person.id, client: client.id, technology: 'smime', profile, certificates });
  const change = await whileIntended(parts, intent, () =>
    withMailKeys(parts, session.unlocked, rows, gathered.setup.issuers, client.keyForm, (keys) => client.apply(request, keys, intent.id)),
  );
  return commitOf(intent, change, {
    addresses: identitiesOf(profile, gathered.setup.mailboxes).map(({ address }) => address),
    subject: { certificates: rows.map(({ id }) => id), keys: rows.map(({ keyId }) => keyId) },
  });
}
