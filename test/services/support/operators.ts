import { openSqliteDatabase } from '../../../main/adapters/databases/sqlite.ts';
import { Secret, type Client } from '../../../main/contract/client.ts';
import { roles, type Role } from '../../../main/domain/access/role.ts';
import type { Database } from '../../../main/ports/database.ts';
import type { UnlockedOperator } from '../../../main/ports/vault.ts';
import { cheapVault, newPractice, secret, type OpenPractice } from './practice.ts';

/** The passphrase of an operator in these tests. */
export const passphraseOf = (name: string): string => `${name} has a passphrase of her own`;

/** Adds an operator and signs them in on a connection of their own. */
export async function addOperator(practice: OpenPractice, name: string, role: Role) {
  const { operator, recoveryCode } = await practice.client.operators.add({ name, role, passphrase: secret(passphraseOf(name)) });
  return { id: operator, recoveryCode: Buffer.from(recoveryCode.reveal()), client: await signInAs(practice, name) };
}

/** The recovery code that an answer brings. */
export function codeOf(answer: object): Secret {
  if (!('recoveryCode' in answer) || !(answer.recoveryCode instanceof Secret)) throw new Error('no recovery code came');
  return answer.recoveryCode;
}

export async function signInAs(practice: OpenPractice, name: string): Promise<Client> {
  const client = practice.clientOf(name);
  await client.session.signIn({ operator: name, passphrase: secret(passphraseOf(name)) });
  return client;
}

/** A practice with somebody of every role signed in; each is called as their role, the administrator `admin`. */
export async function practiceOfEveryRole(options: Parameters<typeof newPractice>[0] = {}) {
  const practice = await newPractice(options);
  const clients = new Map<Role, Client>([['administrator', practice.client]]);
  for (const role of roles) if (role !== 'administrator') clients.set(role, (await addOperator(practice, role, role)).client);
  const as = (role: Role): Client => {
    const client = clients.get(role);
    if (client === undefined) throw new Error(`nobody is ${role}`);
    return client;
  };
  return { ...practice, as };
}

/** The practice's database as somebody with a debugger has it, once its core is closed. */
export async function withRawDatabase<T>(practice: OpenPractice, use: (database: Database) => Promise<T>): Promise<T> {
  await practice.door.close();
  const database = await openSqliteDatabase({ directory: practice.directory });
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

/** What an operator's passphrase opens, without any of Keyward's questions. */
export async function unlockRaw({ read }: Pick<Database, 'read'>, name: string): Promise<UnlockedOperator> {
  const operator = await read.operators.findByName(name);
  const opening = operator && (await read.operators.opening(operator.id, 'passphrase'));
  if (operator === undefined || opening === undefined) throw new Error(`${name} has no passphrase here`);
  return cheapVault().unlock({ operator, opening }, Buffer.from(name === 'admin' ? 'correct horse battery staple' : passphraseOf(name)));
}

/** The parts of the vault an operator opens with every sealing key in them. */
export async function openedWholly({ read }: Pick<Database, 'read'>, name: string): Promise<string[]> {
  const operator = await unlockRaw({ read }, name);
  const opened: string[] = [];
  for (const grant of await read.vault.grants(operator.operatorId)) {
    const record = (await read.vault.compartments()).find(({ compartment }) => compartment === grant.compartment);
    if (record === undefined) continue;
    const compartment = await operator.openCompartment(record, grant);
    for (const sealingKey of await read.vault.sealingKeys(grant.compartment)) await compartment.openSealingKey(sealingKey);
    opened.push(grant.compartment);
  }
  return opened;
}
