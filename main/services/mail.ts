import type { MailPlan } from '../contract/mail.ts';
import { wordMailWrite } from '../domain/locale/word-mail.ts';
import { chooseCertificates, identitiesOf } from '../domain/mail-client/choose-certificates.ts';
import type { EncryptionChoice, MailClientId } from '../domain/mail-client/mail-client.ts';
import { findPerson } from './find-person.ts';
import type { AreaHandlers } from './handler.ts';
import { takeProof } from './mail-answer.ts';
import { checkProgram } from './mail-check.ts';
import { exportToClient } from './mail-export.ts';
import { countKeys } from './mail-keys.ts';
import { makeKit } from './mail-kit.ts';
import { expirePackages, keepPackage, listPackages, makePackage, pickUpPackage, planDelivery } from './mail-packages.ts';
import { exportOpenPgp, planOpenPgp } from './mail-openpgp-export.ts';
import { listMailPrograms } from './mail-programs.ts';
import { findMailClient, summariseClient, summariseProfile } from './mail-profile.ts';
import { proveClient } from './mail-proof.ts';
import { makeTest, type MailTestParts } from './mail-test.ts';
import { gatherSetup, labelOf, rowsToTake } from './mail-setup.ts';

/** Mail programs on this computer: which there are, what setting one up would write, doing it, reading it back. */
export function createMailHandlers(parts: MailTestParts): AreaHandlers<'mail'> {
  return {
    clients: async () => ({
      clients: await Promise.all(parts.mailClients.map(async (client) => summariseClient(client, await client.detect()))),
    }),
    plan: async ({ technology, ...input }) => (technology === 'openpgp' ? planOpenPgp(parts, input) : planFor(parts, input)),
    export: async ({ technology, ...input }, { session }) =>
      technology === 'openpgp' ? exportOpenPgp(parts, session, input) : exportToClient(parts, session, input),
    kit: async (input, { session }) => makeKit(parts, session.unlocked, input),
    deliver: async (input, { session }) => planDelivery(parts, session, input),
    makePackage: async (input, { session }) => makePackage(parts, session, input),
    savedPackage: async (input) => keepPackage(parts, input.package),
    pickUp: async (input) => pickUpPackage(parts, input),
    expire: async () => expirePackages(parts),
    packages: async (input) => listPackages(parts, input),
    prove: async (input) => proveClient(parts, input),
    programs: async ({ person }) => listMailPrograms(parts, person),
    check: async (input) => checkProgram(parts, input),
    test: async (input, { session }) => makeTest(parts, session, input),
    takeProof: async ({ file }, { session }) => takeProof(parts, session.unlocked, file),
  };
}

interface Target {
  readonly person: string;
  readonly client: MailClientId;
  readonly target?: string | undefined;
  readonly encrypt: EncryptionChoice;
  readonly recipients?: readonly string[] | undefined;
}

async function look(parts: MailTestParts, { person: text, client: id, target, encrypt, recipients }: Target) {
  const stores = parts.read();
  const person = await findPerson(stores, text);
  const client = findMailClient(parts.mailClients, id);
  const profile = await client.find(target);
  return {
    client,
    profile,
    gathered: await gatherSetup(stores, parts.sha256Hex, person, { encrypt, now: parts.clock.now(), tokens: parts.tokens, recipients }),
  };
}

async function planFor(parts: MailTestParts, input: Target): Promise<MailPlan> {
  const { client, profile, gathered } = await look(parts, input);
  const { setup } = gathered;
  const rows = client.takesCards ? await rowsToTake(parts.read(), true, gathered) : gathered.rows;
  const writes = client.plan({ profile, setup }, countKeys(rows, setup.issuers));
  return {
    profile: summariseProfile(profile),
    writes: writes.map((write) => ({ file: write.file, what: wordMailWrite(write, parts.mailLocale) })),
    identities: identitiesOf(profile, setup.mailboxes).map((identity) => {
      const { sign, encrypt } = chooseCertificates(setup, identity);
      return { key: identity.key, address: identity.address, sign: sign.id, encrypt: encrypt.id };
    }),
    certificates: rows.map((row) => ({ id: row.id, name: labelOf(row) })),
  };
}
