import type { MailExport } from '../contract/mail.ts';
import type { Secret } from '../contract/secret.ts';
import type { EncryptionChoice, MailClientId } from '../domain/mail-client/mail-client.ts';
import { identitiesOf } from '../domain/mail-client/choose-certificates.ts';
import type { Clock } from '../ports/clock.ts';
import type { MailChange, MailClient, MailProfileRequest } from '../ports/mail-client.ts';
import type { MailSetupRecord } from '../ports/stores/mail-setups.ts';
import type { Tokens } from '../ports/tokens.ts';
import type { ToolPrimitives } from '../ports/tool-primitives.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { CertificateExportParts } from './certificate-export.ts';
import type { Commit } from './handler.ts';
import { countKeys, withMailKeys } from './mail-keys.ts';
import { gatherSetup, rowsToTake, type GatheredSetup } from './mail-setup.ts';
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
}

interface MailExportInput {
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
  const intent = intentOf(parts, session, { personId: person.id, client, request });
  const change = await applyRecorded(parts, session, { client, request, gathered: { ...gathered, rows }, intent });
  return commitOf(intent, { ...gathered, rows }, request, change);
}

function intentOf(
  parts: MailExportParts,
  session: Session,
  { personId, client, request }: { readonly personId: string; readonly client: MailClient; readonly request: MailProfileRequest },
): MailSetupRecord {
  return {
    id: parts.random.uuid(),
    personId,
    client: client.id,
    target: request.profile.path,
    profile: request.profile.name,
    certificates: request.setup.certificates.filter(({ isCurrent }) => isCurrent).map(({ id }) => id),
    state: 'writing',
    operatorId: session.operator.id,
    at: parts.clock.now().toISOString(),
    checkedAt: null,
    findings: [],
    provedAt: null,
  };
}

interface Application {
  readonly client: MailClient;
  readonly request: MailProfileRequest;
  readonly gathered: GatheredSetup;
  readonly intent: MailSetupRecord;
}

async function applyRecorded(parts: MailExportParts, session: Session, application: Application): Promise<MailChange> {
  const { client, request, gathered, intent } = application;
  await parts.auditTrail.record(async (stores) => ({ value: await stores.mailSetups.insert(intent), entries: [] }));
  try {
    return await withMailKeys(parts, session.unlocked, gathered.rows, gathered.setup.issuers, client.keyForm, (keys) =>
      client.apply(request, keys, intent.id),
    );
  } catch (error) {
    await parts.auditTrail.record(async (stores) => ({ value: await stores.mailSetups.drop(intent.id), entries: [] }));
    throw error;
  }
}

function commitOf(intent: MailSetupRecord, { rows }: GatheredSetup, request: MailProfileRequest, change: MailChange): Commit<MailExport> {
  const addresses = identitiesOf(request.profile, request.setup.mailboxes).map(({ address }) => address);
  const commit: Commit<MailExport> = async (stores, { time }) => {
    await stores.mailSetups.finish(intent.id, time);
    return {
      value: { checked: true, client: intent.client, profile: request.profile.path, addresses, certificates: intent.certificates },
      subject: { person: intent.personId, certificates: rows.map(({ id }) => id), keys: rows.map(({ keyId }) => keyId) },
      pushes: [{ name: 'people.changed', payload: { people: [intent.personId] } }],
      afterwards: change.keep,
    };
  };
  return Object.assign(commit, { takeBack: change.undo });
}
