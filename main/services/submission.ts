import type { SubmissionView } from '../contract/submission.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { MessageSubmission } from '../ports/message-submission.ts';
import type { Random } from '../ports/random.ts';
import type { UnlockedOperator, Vault } from '../ports/vault.ts';
import { findPerson } from './find-person.ts';
import type { AreaHandlers } from './handler.ts';
import type { KeyAccess } from './key-access.ts';
import { createSealingKeyFor } from './sealing-keys.ts';
import { readSubmission, requireServer, senderOf, writeSubmission, type SubmissionRecord } from './submission-record.ts';

export interface SubmissionParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  readonly random: Random;
  readonly vault: Vault;
  readonly keyAccess: Pick<KeyAccess, 'withPrivateKey'>;
  readonly messageSubmission: MessageSubmission;
  readonly sha256Hex: (octets: Uint8Array) => string;
}

/** How the practice sends: its own mailbox, and its mail server. */
export function createSubmissionHandlers(parts: SubmissionParts): AreaHandlers<'submission'> {
  const { read } = parts;
  return {
    show: async () => viewOf(read(), await readSubmission(read())),
    setSender: async ({ person: text }) => {
      const person = await findPerson(read(), text);
      await senderOf(read(), parts, person, parts.clock.now());
      return async (stores) => {
        const record = { ...(await readSubmission(stores)), sender: person.id };
        await writeSubmission(stores, record);
        return { value: await viewOf(stores, record), subject: { person: person.id } };
      };
    },
    set: async ({ password, trust: given, ...named }) => {
      const sealed = password === undefined ? undefined : await seal(parts, password.reveal());
      return async (stores) => {
        const before = await readSubmission(stores);
        const same = before.server?.host === named.host ? before.server : null;
        const server = { ...named, trust: given === undefined ? (same?.trust ?? null) : given };
        const passwordId = sealed?.id ?? (same?.user === named.user ? before.passwordId : null);
        if (passwordId !== before.passwordId) await forget(stores, before);
        await sealed?.insert(stores);
        const record = { ...before, server, passwordId };
        await writeSubmission(stores, record);
        return { value: await viewOf(stores, record), subject: { hasPassword: passwordId !== null } };
      };
    },
    check: async (_, { session }) => {
      const { server, passwordId } = await requireServer(read());
      await withPassword(parts, session.unlocked, passwordId, (password) => parts.messageSubmission.probe(server, password));
      return async () => ({ value: null, subject: { host: server.host } });
    },
    remove: async () => {
      const { server } = await requireServer(read());
      return async (stores) => {
        const before = await readSubmission(stores);
        await forget(stores, before);
        await writeSubmission(stores, { ...before, server: null, passwordId: null });
        return { value: null, subject: { host: server.host } };
      };
    },
  };
}

/** For whoever sends: that is registrars too, whose part of the vault it is sealed for. */
async function seal(parts: SubmissionParts, password: Uint8Array) {
  const { record, open } = await createSealingKeyFor(parts.read(), parts.vault, 'people');
  const id = parts.random.uuid();
  const sealed = parts.vault.seal({ keyId: id, pkcs8: password, under: [open] });
  const insert = async ({ vault }: Stores): Promise<void> => {
    await vault.insertSealingKeys([record]);
    await vault.insertSealedKeys([sealed]);
  };
  return { id, insert };
}

const forget = async ({ vault }: Stores, { passwordId }: SubmissionRecord): Promise<void> => {
  if (passwordId !== null) await vault.removeSealedKey(passwordId);
};

/** The password for `use`, wiped afterwards; none where none is kept. @throws AppError session.not-permitted, and what `use` throws */
export const withPassword = <T>(
  { keyAccess }: Pick<SubmissionParts, 'keyAccess'>,
  operator: UnlockedOperator,
  passwordId: string | null,
  use: (password: Uint8Array | undefined) => Promise<T>,
): Promise<T> => (passwordId === null ? use(undefined) : keyAccess.withPrivateKey(operator, passwordId, 'people', use));

async function viewOf(stores: Pick<ReadStores, 'people'>, { sender, server, passwordId }: SubmissionRecord): Promise<SubmissionView> {
  const person = sender === null ? undefined : await stores.people.find(sender);
  return {
    sender: person === undefined ? null : { person: person.id, name: person.name, address: person.mailboxes[0] ?? '' },
    server:
      server === null
        ? null
        : {
            host: server.host,
            port: server.port,
            security: server.security,
            user: server.user,
            hasOwnTrust: server.trust !== null,
            hasPassword: passwordId !== null,
          },
  };
}
