import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemKeychain } from '../../main/adapters/device-keychains/system.ts';
import { sha256Hex } from '../../main/compose/primitives.ts';
import { nodeRandom } from '../../main/adapters/random/node-random.ts';
import { createKeyAccess } from '../../main/services/key-access.ts';
import { compartmentsOf } from '../../main/domain/access/compartment-access.ts';
import { compartments, type Compartment } from '../../main/domain/vault/compartment.ts';
import type { Database } from '../../main/ports/database.ts';
import type { OpenCompartment, UnlockedOperator } from '../../main/ports/vault.ts';
import { addPeople, cheapVault, enroll, newPractice, openPractice, secret, type OpenPractice } from './support/practice.ts';
import { addOperator, openedWholly, passphraseOf, practiceOfEveryRole, signInAs, unlockRaw, withRawDatabase } from './support/operators.ts';

/** Every sealed key there is: the authorities', people's, the log's, an OCSP responder's. */
function sealedKeyIds(directory: string): string[] {
  const raw = new DatabaseSync(join(directory, 'keyward.db'), { readOnly: true });
  const rows = raw.prepare('select keyId from sealedKey').all();
  raw.close();
  return rows.map(({ keyId }) => String(keyId));
}

/** How many sealed keys an operator opens in each part, and how many in any, with direct access to the database. */
async function openedBy(database: Database, directory: string, operator: UnlockedOperator): Promise<Record<string, number>> {
  const access = createKeyAccess({
    read: () => database.read,
    vault: cheapVault(),
    random: nodeRandom,
    keychain: systemKeychain,
    sha256Hex,
  });
  const opened: Record<string, number> = {};
  const any = new Set<string>();
  for (const keyId of sealedKeyIds(directory))
    for (const compartment of compartments)
      await access
        .withPrivateKey(operator, keyId, compartment, () => undefined)
        .then(
          () => {
            opened[compartment] = (opened[compartment] ?? 0) + 1;
            any.add(keyId);
          },
          (error: unknown) =>
            expect(error).toMatchObject({ code: expect.stringMatching(/^(not-found|session\.not-permitted)$/) as string }),
        );
  return { ...opened, any: any.size };
}

/** Tries every grant in the database, whoever's it is, with one operator's keys. */
async function grantsOpenedBy({ read }: Pick<Database, 'read'>, operator: UnlockedOperator): Promise<Compartment[]> {
  const opened: Compartment[] = [];
  for (const { id } of await read.operators.list())
    for (const grant of await read.vault.grants(id)) {
      const record = (await read.vault.compartments()).find(({ compartment }) => compartment === grant.compartment);
      if (record === undefined) continue;
      await operator.openCompartment(record, grant).then(
        () => opened.push(grant.compartment),
        (error: unknown) => expect(error).toMatchObject({ code: 'store.corrupt' }),
      );
    }
  return opened;
}

/** One person, enrolled, and an OCSP responder: something sealed in every part. */
async function fill(practice: OpenPractice, authority: string): Promise<string> {
  const [person = ''] = await addPeople(practice, 1);
  await enroll(practice, [person]);
  await practice.client.ocsp.presign({ authority });
  return person;
}

describe('operators', () => {
  it('each opens exactly the parts of the vault their role is for, with direct access to the database too', async () => {
    const practice = await practiceOfEveryRole();
    await fill(practice, practice.made.issuingAuthorityId);
    await withRawDatabase(practice, async (database) => {
      const opened = async (name: string) => openedBy(database, practice.directory, await unlockRaw(database, name));
      const all = { authority: 2, people: 2, audit: 1, unattended: 1, any: 6 };
      expect(await opened('admin')).toEqual(all);
      expect(await opened('registrar')).toEqual({ authority: 2, people: 2, audit: 1, any: 5 });
      expect(await opened('security-officer')).toEqual({ authority: 2, audit: 1, unattended: 1, any: 4 });
      for (const name of ['staff', 'auditor']) expect(await opened(name)).toEqual({ any: 0 });
    });
  });

  it('an auditor opens nobody’s grant, and a registrar none but their own', async () => {
    const practice = await practiceOfEveryRole();
    await withRawDatabase(practice, async (database) => {
      expect(await grantsOpenedBy(database, await unlockRaw(database, 'auditor'))).toEqual([]);
      expect(await grantsOpenedBy(database, await unlockRaw(database, 'registrar'))).toEqual(['audit', 'authority', 'people']);
    });
  });

  it('are listed with role and last sign-in; a name that is or was somebody’s is refused', async () => {
    const practice = await newPractice();
    const { id } = await addOperator(practice, 'Ana', 'registrar');
    await practice.client.operators.add({ name: 'Ben', role: 'auditor', passphrase: secret('not there yet') });
    const { operators } = await practice.client.operators.list({});
    expect(operators.map(({ name, role, lastSignInAt }) => [name, role, lastSignInAt !== null])).toEqual([
      ['admin', 'administrator', true],
      ['Ana', 'registrar', true],
      ['Ben', 'auditor', false],
    ]);
    const again = () => practice.client.operators.add({ name: 'ANA', role: 'staff', passphrase: secret() });
    await expect(again()).rejects.toMatchObject({ code: 'session.operator-known' });
    await practice.client.operators.remove({ operator: id });
    await expect(again()).rejects.toMatchObject({ code: 'session.operator-known' });
    expect((await practice.client.workspace.status({})).operators).toEqual(['admin', 'Ben']);
  });

  it('must say who they are where there are several', async () => {
    const practice = await newPractice();
    await addOperator(practice, 'Ana', 'registrar');
    const nameless = practice.clientOf('another').session.signIn({ passphrase: secret() });
    await expect(nameless).rejects.toMatchObject({ code: 'session.operator-unnamed' });
    await practice.client.operators.remove({ operator: 'Ana' });
    expect(await practice.clientOf('another').session.signIn({ passphrase: secret() })).toMatchObject({ name: 'admin' });
  });

  it('get a recovery code of their own, which sets their own passphrase', async () => {
    const practice = await newPractice();
    const { recoveryCode } = await addOperator(practice, 'Ana', 'registrar');
    const client = practice.clientOf('another');
    const code = { recoveryCode: secret(recoveryCode.toString()), newPassphrase: secret('only Ana knows this') };
    expect(await client.session.recover({ operator: 'Ana', ...code })).toMatchObject({ name: 'Ana', role: 'registrar' });
    await expect(signInAs(practice, 'Ana')).rejects.toMatchObject({ code: 'session.sign-in-failed' });
  });
});

/** What somebody kept who opened a part of the vault once: its private half. */
async function keep(database: Database, name: string, compartment: Compartment): Promise<OpenCompartment> {
  const operator = await unlockRaw(database, name);
  const grant = (await database.read.vault.grants(operator.operatorId)).find((one) => one.compartment === compartment);
  const record = (await database.read.vault.compartments()).find((one) => one.compartment === compartment);
  if (grant === undefined || record === undefined) throw new Error(`${name} never opened ${compartment}`);
  return operator.openCompartment(record, grant);
}

/** How many sealing keys of its compartment a kept private half opens, and how many there are. */
async function openedByKept({ read }: Pick<Database, 'read'>, kept: OpenCompartment): Promise<{ opened: number; of: number }> {
  const records = await read.vault.sealingKeys(kept.record.compartment);
  let opened = 0;
  for (const record of records)
    await kept.openSealingKey(record).then(
      () => opened++,
      (error: unknown) => expect(error).toMatchObject({ code: 'store.corrupt' }),
    );
  return { opened, of: records.length };
}

const again = async ({ directory }: OpenPractice): Promise<OpenPractice> => {
  const practice = await openPractice({ workspaceDirectory: directory });
  await practice.client.session.signIn({ operator: 'admin', passphrase: secret() });
  return practice;
};

describe.each([
  ['another role', async ({ client }: OpenPractice) => client.operators.setRole({ operator: 'registrar', role: 'auditor' })],
  ['removal', async ({ client }: OpenPractice) => client.operators.remove({ operator: 'registrar' })],
])('%s', (_, takeAway) => {
  it('takes away for good: a kept private half opens nothing that is in the database, and nothing sealed from then on', async () => {
    const practice = await practiceOfEveryRole();
    const person = await fill(practice, practice.made.issuingAuthorityId);
    await addOperator(practice, 'second registrar', 'registrar');
    const kept = await withRawDatabase(practice, async (database) => {
      const halves = await Promise.all((['authority', 'people', 'audit'] as const).map((part) => keep(database, 'registrar', part)));
      for (const half of halves) expect((await openedByKept(database, half)).opened).toBeGreaterThan(0);
      return halves;
    });
    const later = await again(practice);
    await takeAway(later);
    await enroll(later, [await addAnother(later)]);
    await later.client.certificates.renew({ person });
    expect(await later.client.audit.verify({})).toMatchObject({ holds: true, unsignedTail: 0 });
    await withRawDatabase(later, async (database) => {
      for (const half of kept) {
        const { opened, of } = await openedByKept(database, half);
        expect([opened, of > 0]).toEqual([0, true]);
      }
      const sealed = sealedKeyIds(later.directory).length;
      expect(await openedBy(database, later.directory, await unlockRaw(database, 'admin'))).toMatchObject({ any: sealed });
      const remaining = await unlockRaw(database, 'second registrar');
      expect(await openedBy(database, later.directory, remaining)).toMatchObject({ authority: 2, audit: 1 });
    });
  });
});

/** What an operator’s own grants open where two officers share the escrow. */
const sharedOut = (parts: readonly Compartment[]): string[] => parts.filter((part) => part !== 'escrow').toSorted();

async function addAnother({ client }: OpenPractice): Promise<string> {
  return (await client.people.add({ name: 'Another', emails: ['another@ridgeway.example'] })).person;
}

describe('another role', () => {
  it('gives what it is for, ends the session, and is entered with the role before', async () => {
    const practice = await practiceOfEveryRole();
    await practice.client.operators.setRole({ operator: 'auditor', role: 'registrar' });
    await expect(practice.as('auditor').people.list({})).rejects.toMatchObject({ code: 'session.locked' });
    const client = await signInAs(practice, 'auditor');
    const [person = ''] = await addPeople({ ...practice, client }, 1);
    expect(await enroll({ ...practice, client }, [person])).toMatchObject({ done: 1 });
    const { entries } = await client.audit.list({ actions: ['operator.role'] });
    expect(entries[0]?.subject).toMatchObject({ role: 'registrar', before: 'auditor' });
  });

  it('is nobody’s to give themselves, and the only administrator stays one', async () => {
    const practice = await newPractice();
    const demote = () => practice.client.operators.setRole({ operator: 'admin', role: 'auditor' });
    await expect(demote()).rejects.toMatchObject({ code: 'session.last-administrator' });
    await expect(practice.client.operators.remove({ operator: 'ADMIN' })).rejects.toMatchObject({ code: 'session.last-administrator' });
    const { client } = await addOperator(practice, 'Ana', 'administrator');
    await expect(demote()).rejects.toMatchObject({ code: 'session.own-role' });
    await client.operators.setRole({ operator: 'admin', role: 'auditor' });
    await expect(client.operators.remove({ operator: 'Ana' })).rejects.toMatchObject({ code: 'session.last-administrator' });
    await client.operators.add({ name: 'Ben', role: 'registrar', passphrase: secret() });
  });

  it('asked for at once by two who would take it from each other is given once', async () => {
    const practice = await newPractice();
    const { client, id } = await addOperator(practice, 'Ana', 'administrator');
    const both = await Promise.allSettled([
      practice.client.operators.remove({ operator: id }),
      client.operators.remove({ operator: practice.made.operatorId }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await practice.client.workspace.status({})).operators).toHaveLength(1);
  });

  it('or removal at the same time as another is added leaves nobody with half of what their role opens', async () => {
    const practice = await newPractice();
    const { client } = await addOperator(practice, 'Ana', 'administrator');
    await addOperator(practice, 'Ben', 'registrar');
    const order = { name: 'Cleo', role: 'registrar', passphrase: secret(passphraseOf('Cleo')) } as const;
    await Promise.allSettled([client.operators.add(order), practice.client.operators.remove({ operator: 'Ben' })]);
    await withRawDatabase(practice, async (database) => {
      const present = (await database.read.operators.list()).filter(({ removedAt }) => removedAt === null);
      for (const { name, role } of present) expect(await openedWholly(database, name)).toEqual(sharedOut(compartmentsOf(role)));
    });
  });
});

describe('removal', () => {
  it('ends the session and every way to sign in, answers as if nobody had the name, and keeps what was done under it', async () => {
    const practice = await newPractice();
    const { client, recoveryCode } = await addOperator(practice, 'Ana', 'registrar');
    const [person = ''] = await addPeople({ ...practice, client }, 1);
    await practice.client.operators.remove({ operator: 'Ana' });
    await expect(client.people.list({})).rejects.toMatchObject({ code: 'session.locked' });
    await expect(signInAs(practice, 'Ana')).rejects.toMatchObject({ code: 'session.sign-in-failed' });
    const code = { recoveryCode: secret(recoveryCode.toString()), newPassphrase: secret(passphraseOf('Ana')) };
    await expect(client.session.recover({ operator: 'Ana', ...code })).rejects.toMatchObject({ code: 'session.sign-in-failed' });
    const { entries } = await practice.client.audit.list({ actions: ['people.add'] });
    expect(entries[0]).toMatchObject({ operator: 'Ana', subject: { person } });
    await expect(practice.client.operators.remove({ operator: 'Ana' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('in the middle of a job lets it go on under the new keys', async () => {
    const practice = await newPractice({ peopleInUnit: 1 });
    await addOperator(practice, 'Ana', 'registrar');
    const people = await addPeople(practice, 10);
    const { job } = await practice.client.enrollment.start({ people, algorithm: 'rsa-2048' });
    const ended = practice.next('enrollment.progress', ({ state }) => state !== 'running');
    await practice.next('enrollment.progress', ({ done }) => done >= 2);
    await practice.client.operators.remove({ operator: 'Ana' });
    expect((await practice.client.enrollment.job({ job })).state).toBe('running');
    expect(await ended).toMatchObject({ done: 10, failed: 0, state: 'done' });
    await withRawDatabase(practice, async (database) => {
      const opened = await openedBy(database, practice.directory, await unlockRaw(database, 'admin'));
      expect(opened).toMatchObject({ people: 20, escrow: 10 });
      expect(await database.read.vault.sealingKeys('people')).toHaveLength(2);
    });
  });
});

describe('an operator’s record that somebody wrote into the database', () => {
  it.each([
    ['another role', "update operator set role = 'registrar' where name = 'auditor'"],
    ['another public key', "update operator set publicKey = (select publicKey from operator where name = 'staff') where name = 'auditor'"],
    ['a removed one made good again', "update operator set removedAt = null where name = 'registrar'"],
  ])('%s is granted nothing: the next change stops and says so', async (_, statement) => {
    const practice = await practiceOfEveryRole();
    await practice.client.operators.remove({ operator: 'registrar' });
    await practice.door.close();
    const raw = new DatabaseSync(join(practice.directory, 'keyward.db'));
    raw.exec(statement);
    raw.close();
    const later = await again(practice);
    const change = later.client.operators.setRole({ operator: 'staff', role: 'registrar' });
    await expect(change).rejects.toMatchObject({ code: 'integrity.operator-changed' });
    await withRawDatabase(later, async (database) => {
      for (const name of ['auditor', 'staff', 'registrar']) {
        const { id = '' } = (await database.read.operators.findByName(name)) ?? {};
        expect(await database.read.vault.grants(id)).toEqual([]);
      }
    });
  });
});
