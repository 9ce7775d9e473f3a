import type { MailExport, MailPlan } from '../contract/mail.ts';
import { wordMailWrite, type MailLocale } from '../domain/locale/word-mail.ts';
import { identitiesOf } from '../domain/mail-client/choose-certificates.ts';
import { chooseOpenPgpKey } from '../domain/mail-client/openpgp-setup.ts';
import { groupFingerprint } from '../domain/openpgp/fingerprint.ts';
import type { MailClient, OpenPgpProfileRequest } from '../ports/mail-client.ts';
import { findPerson } from './find-person.ts';
import type { Commit } from './handler.ts';
import type { MailExportInput, MailExportParts } from './mail-export.ts';
import { commitOf, intentOf, whileIntended } from './mail-intent.ts';
import { gatherOpenPgp, lockFor, openPgpOf, requireHandable, type GatheredOpenPgp } from './mail-openpgp.ts';
import { findMailClient, summariseProfile } from './mail-profile.ts';
import type { Session } from './session-registry.ts';

interface Look extends GatheredOpenPgp {
  readonly personId: string;
  readonly client: MailClient;
  readonly request: OpenPgpProfileRequest;
}

/** Finds who and where, and what would go there. @throws AppError not-found, unsupported, client.*, store.corrupt */
export async function lookForOpenPgp(parts: MailExportParts, input: MailExportInput): Promise<Look> {
  const stores = parts.read();
  const person = await findPerson(stores, input.person);
  const client = findMailClient(parts.mailClients, input.client);
  openPgpOf(client);
  const profile = await client.find(input.target);
  const now = parts.clock.now();
  const gathered = await gatherOpenPgp(stores, person, { encrypt: input.encrypt, now, recipients: input.recipients });
  const unlocks = parts.openPgp.unlocks;
  const request = { profile, setup: gathered.setup, password: input.profilePassword?.reveal(), now, unlocks };
  return { ...gathered, personId: person.id, client, request };
}

/** What handing over a person's OpenPGP keys would write. @throws AppError as `OpenPgpHandOver.plan`; token.key-stays */
export async function planOpenPgp(parts: MailExportParts & { readonly mailLocale: MailLocale }, input: MailExportInput): Promise<MailPlan> {
  const { client, request, setup, records } = await lookForOpenPgp(parts, input);
  const writes = openPgpOf(client).plan(request);
  await requireHandable(parts.read(), records);
  return {
    profile: summariseProfile(request.profile),
    writes: writes.map((write) => ({ file: write.file, what: wordMailWrite(write, parts.mailLocale) })),
    identities: identitiesOf(request.profile, setup.mailboxes).map((identity) => {
      const { id } = chooseOpenPgpKey(setup, identity);
      return { key: identity.key, address: identity.address, sign: id, encrypt: id };
    }),
    certificates: setup.keys.map(({ id, fingerprint }) => ({ id, name: groupFingerprint(fingerprint) })),
  };
}

/**
 * Puts one person's OpenPGP keys into a mail program, as `exportToClient` does with certificates.
 * @throws AppError as `OpenPgpHandOver.apply`; not-found, unsupported, token.key-stays
 */
export async function exportOpenPgp(parts: MailExportParts, session: Session, input: MailExportInput): Promise<Commit<MailExport>> {
  const { client, request, records, personId } = await lookForOpenPgp(parts, input);
  const openPgp = openPgpOf(client);
  openPgp.plan(request);
  await requireHandable(parts.read(), records);
  const current = records.filter(({ isCurrent }) => isCurrent).map(({ id }) => id);
  const { profile, setup } = request;
  const intent = intentOf(parts, session, { personId, client: client.id, technology: 'openpgp', profile, certificates: current });
  const change = await whileIntended(parts, intent, () => openPgp.apply(request, lockFor(parts, session.unlocked, records), intent.id));
  return commitOf(intent, change, {
    addresses: identitiesOf(profile, setup.mailboxes).map(({ address }) => address),
    subject: { openPgp: current, keys: records.flatMap(({ primaryKeyId, subkeyId }) => [primaryKeyId, subkeyId]) },
  });
}
