import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../main/ports/database.ts';
import type { UnlockedOperator } from '../../main/ports/vault.ts';
import { addOperator, passphraseOf, signInAs, unlockRaw, withRawDatabase } from './support/operators.ts';
import {
  encryptionCertificate,
  letter,
  practiceOfTwo,
  practiceWithLeaver,
  printTwoOfThree,
  readWith,
  recoveryOf,
  sheetsOf,
} from './support/escrow.ts';
import { cheapVault, newPractice, openPractice, secret } from './support/practice.ts';

/** Everything one operator's open keys could open of the escrow, with the whole database at hand. */
async function openedAlone({ read }: Pick<Database, 'read'>, operator: UnlockedOperator): Promise<string[]> {
  const record = (await read.vault.compartments()).find(({ compartment }) => compartment === 'escrow');
  if (record === undefined) throw new Error('no escrow');
  const opened: string[] = [];
  const shares: Uint8Array[] = [];
  const trying = async (what: string, open: () => Promise<unknown>) =>
    open().then(
      () => opened.push(what),
      (error: unknown) => expect(error).toMatchObject({ code: 'store.corrupt' }),
    );
  for (const { id } of await read.operators.list())
    for (const grant of (await read.vault.grants(id)).filter(({ compartment }) => compartment === 'escrow'))
      await trying('grant', () => operator.openCompartment(record, grant));
  for (const share of await read.escrow.shares()) await trying('share', async () => shares.push(await operator.openShare('escrow', share)));
  for (const { id, enc, ciphertext } of await read.escrow.requests(100))
    if (enc !== null && ciphertext !== null)
      await trying('loan', async () => shares.push(await operator.openLoan({ enc, ciphertext }, id)));
  if (shares.length > 0) await trying('escrow', () => cheapVault().openShared(record, shares));
  return opened;
}

describe('the escrow of a practice with two officers', () => {
  it('is opened by neither alone, with an unlocked session and the whole database', async () => {
    const practice = await practiceWithLeaver();
    await practice.client.escrow.ask(recoveryOf(practice.person));
    await withRawDatabase(practice, async (database) => {
      for (const name of ['admin', 'Ben']) expect(await openedAlone(database, await unlockRaw(database, name))).toEqual(['share']);
      expect(await database.read.vault.sealingKeys('escrow')).not.toEqual([]);
    });
  });

  it('has the only copy of a leaver’s key: nobody exports it', async () => {
    const { client, person } = await practiceWithLeaver();
    const certificates = [await encryptionCertificate(client, person)];
    const order = { certificates, format: 'p12-modern' as const };
    await expect(client.certificates.exportPrivateKey(order)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('gives a leaver’s old mail back after one asked and the other approved, once, and is shared anew by it', async () => {
    const practice = await practiceWithLeaver();
    const { client, ben, person, mail } = practice;
    const { request } = await client.escrow.ask(recoveryOf(person));
    const deliver = () => client.escrow.deliver({ request });
    await expect(deliver()).rejects.toMatchObject({ code: 'escrow.not-approved' });
    await expect(client.escrow.approve({ request })).rejects.toMatchObject({ code: 'escrow.own-request' });
    await expect(client.escrow.breakGlass({ request })).rejects.toMatchObject({ code: 'escrow.not-whole' });
    await ben.escrow.approve({ request });
    await expect(ben.escrow.deliver({ request })).rejects.toMatchObject({ code: 'session.not-permitted' });
    const recovered = await deliver();
    expect(readWith(recovered, mail)).toBe(letter);
    expect(recovered.recipient).toBe('Dr. Lee');
    await expect(deliver()).rejects.toMatchObject({ code: 'conflict' });
    expect((await client.escrow.state({})).requests[0]).toMatchObject({ state: 'done', way: 'officers', review: null });
    await withRawDatabase(practice, async (database) => {
      const [done] = await database.read.escrow.requests(1);
      expect(done).toMatchObject({ enc: null, ciphertext: null });
      expect(await openedAlone(database, await unlockRaw(database, 'admin'))).toEqual(['share']);
    });
  });

  it('is entered in the log step by step, and a recovery stays to be done until somebody else signed it off', async () => {
    const { client, ben, person } = await practiceWithLeaver();
    const { request } = await client.escrow.ask(recoveryOf(person));
    await ben.escrow.approve({ request });
    await client.escrow.deliver({ request });
    const kinds = async () => (await client.reports.overview({})).todo.map(({ kind }) => kind);
    expect(await kinds()).toContain('escrow-review');
    await expect(client.escrow.review({ request, note: 'Looks right' })).rejects.toMatchObject({ code: 'escrow.own-request' });
    await ben.escrow.review({ request, note: 'Handed over in my presence' });
    await expect(ben.escrow.review({ request, note: 'Again' })).rejects.toMatchObject({ code: 'stale' });
    expect(await kinds()).not.toContain('escrow-review');
    const { entries } = await client.audit.list({ actions: ['escrow.ask', 'escrow.approve', 'escrow.deliver', 'escrow.review'] });
    const good = entries.filter(({ outcome }) => outcome === 'success').toReversed();
    expect(good.map(({ action, operator }) => [action, operator])).toEqual([
      ['escrow.ask', 'admin'],
      ['escrow.approve', 'Ben'],
      ['escrow.deliver', 'admin'],
      ['escrow.review', 'Ben'],
    ]);
    expect(good[2]?.subject).toMatchObject({ person, request, case: '2026-17', recipient: 'Dr. Lee', way: 'officers' });
  });

  it('opens for nothing that was refused, or whose time is over', async () => {
    let now = Date.parse('2026-03-02T08:00:00Z');
    const { client, ben, person } = await practiceOfTwo({ clock: { now: () => new Date(now) } });
    const { request: refused } = await client.escrow.ask(recoveryOf(person));
    await ben.escrow.approve({ request: refused });
    await ben.escrow.refuse({ request: refused, reason: 'Not the right case' });
    await expect(client.escrow.deliver({ request: refused })).rejects.toMatchObject({ code: 'conflict' });
    const { request: late } = await client.escrow.ask(recoveryOf(person));
    await ben.escrow.approve({ request: late });
    now += 25 * 3_600_000;
    await expect(client.escrow.deliver({ request: late })).rejects.toMatchObject({ code: 'escrow.run-out' });
    expect((await client.escrow.state({})).requests.map(({ state }) => state).toSorted()).toEqual(['refused', 'run-out']);
  });

  it('is not opened for an officer whom somebody wrote into the database', async () => {
    const practice = await practiceOfTwo();
    await addOperator(practice, 'Cleo', 'auditor');
    await practice.door.close();
    const raw = new DatabaseSync(join(practice.directory, 'keyward.db'));
    raw.exec("update operator set role = 'security-officer' where name = 'Cleo'");
    raw.close();
    const later = await openPractice({ workspaceDirectory: practice.directory });
    const ben = await signInAs(later, 'Ben');
    const { request: mine } = await ben.escrow.ask(recoveryOf(practice.person));
    const admin = later.clientOf('admin');
    await admin.session.signIn({ operator: 'admin', passphrase: secret() });
    await expect(admin.escrow.approve({ request: mine })).rejects.toMatchObject({ code: 'integrity.operator-changed' });
  });
});

describe('sheets of paper', () => {
  it('open the escrow with one officer, as many as are needed and no fewer, and go on after it was shared anew', async () => {
    const practice = await practiceWithLeaver();
    const { client, person, mail } = practice;
    const [first = '', second = '', third = ''] = await printTwoOfThree(practice);
    const { request } = await client.escrow.ask(recoveryOf(person));
    const deliver = (...lines: readonly string[]) => client.escrow.deliver({ request, sheets: sheetsOf(...lines) });
    await expect(deliver(first)).rejects.toMatchObject({ code: 'escrow.too-few-sheets', details: { given: 1, needed: 2 } });
    await expect(deliver(first, first)).rejects.toMatchObject({ code: 'escrow.too-few-sheets' });
    await expect(deliver(first, `${second.slice(0, 8)}${second[8] === 'A' ? 'B' : 'A'}${second.slice(9)}`)).rejects.toMatchObject({
      code: 'input.invalid',
      details: { what: 'sheet', group: 2 },
    });
    expect(readWith(await deliver(third, first.toLowerCase().replaceAll('-', ' ')), mail)).toBe(letter);
    const again = await client.escrow.ask(recoveryOf(person));
    expect(readWith(await client.escrow.deliver({ request: again.request, sheets: sheetsOf(second, third) }), mail)).toBe(letter);
  });

  it('are proven by a drill that opens nothing, and one of another set is named', async () => {
    const practice = await practiceOfTwo();
    const { client, ben } = practice;
    const [old = ''] = await printTwoOfThree(practice);
    const [first = '', second = ''] = await printTwoOfThree(practice);
    expect(await ben.escrow.drill({ sheets: sheetsOf(first, second) })).toEqual({
      shares: expect.arrayContaining(['admin', 'Ben']) as string[],
      sheets: [1, 2],
      isOpened: true,
    });
    expect(await client.escrow.drill({ sheets: sheetsOf(second) })).toMatchObject({ sheets: [2], isOpened: false });
    const damaged = client.escrow.drill({ sheets: sheetsOf(old, second) });
    await expect(damaged).rejects.toMatchObject({ code: 'escrow.share-damaged', details: { share: 'sheet 1' } });
  });

  it('share the escrow anew for who remains, where too few officers do', async () => {
    const practice = await practiceWithLeaver();
    const { client, person, mail } = practice;
    const remove = () => client.operators.remove({ operator: 'Ben' });
    await expect(remove()).rejects.toMatchObject({ code: 'escrow.would-lose', details: { count: 1 } });
    const [first = '', second = ''] = await printTwoOfThree(practice);
    await remove();
    expect(await client.escrow.state({})).toMatchObject({ state: 'short' });
    await client.escrow.share({ sheets: sheetsOf(first, second) });
    expect(await client.escrow.state({})).toMatchObject({ state: 'alone' });
    const { request } = await client.escrow.ask(recoveryOf(person));
    expect(readWith(await client.escrow.breakGlass({ request }), mail)).toBe(letter);
  });
});

describe('a share', () => {
  it('that was damaged fails the drill by the name of its holder, and opens nothing', async () => {
    const practice = await practiceOfTwo();
    const { request } = await practice.client.escrow.ask(recoveryOf(practice.person));
    await practice.door.close();
    const raw = new DatabaseSync(join(practice.directory, 'keyward.db'));
    raw.exec("update escrowShare set ciphertext = zeroblob(49) where operatorId = (select id from operator where name = 'Ben')");
    raw.close();
    const later = await openPractice({ workspaceDirectory: practice.directory });
    const admin = later.clientOf('admin');
    await admin.session.signIn({ operator: 'admin', passphrase: secret() });
    const damage = { code: 'escrow.share-damaged', details: { share: 'Ben' } };
    await expect(admin.escrow.drill({})).rejects.toMatchObject(damage);
    await expect((await signInAs(later, 'Ben')).escrow.approve({ request })).rejects.toMatchObject(damage);
  });

  it('is dealt to another officer when two share the escrow anew, and not before', async () => {
    const practice = await practiceWithLeaver();
    const { client, ben, person, mail } = practice;
    const { client: cleo } = await addOperator(practice, 'Cleo', 'administrator');
    const { request } = await client.escrow.ask(recoveryOf(person));
    await expect(cleo.escrow.approve({ request })).rejects.toMatchObject({ code: 'escrow.no-share' });
    const { request: sharing } = await ben.escrow.ask({ reason: 'Cleo is new' });
    await client.escrow.approve({ request: sharing });
    expect((await ben.escrow.share({ request: sharing })).officers.toSorted()).toEqual(['Ben', 'Cleo', 'admin']);
    await cleo.escrow.approve({ request });
    expect(readWith(await client.escrow.deliver({ request }), mail)).toBe(letter);
  });
});

describe('one officer', () => {
  it('has the whole key, and is told so', async () => {
    const { client } = await newPractice();
    expect(await client.escrow.state({})).toMatchObject({ state: 'alone', officers: [{ hasShare: false, hasWhole: true }] });
    expect((await client.escrow.drill({})).shares).toEqual([]);
  });

  it('shares it with the second from the moment there is one, and begins again when the second is gone', async () => {
    const practice = await newPractice();
    await addOperator(practice, 'Ben', 'security-officer');
    expect(await practice.client.escrow.state({})).toMatchObject({ state: 'shared' });
    await practice.client.operators.remove({ operator: 'Ben' });
    expect(await practice.client.escrow.state({})).toMatchObject({ state: 'alone' });
  });

  it('opens it alone where the policy allows break-glass, once it was shared anew by two, and no more when it does not', async () => {
    const practice = await practiceWithLeaver();
    const { client, ben, person, mail } = practice;
    await client.policies.set({ breakGlass: true });
    const { request: early } = await ben.escrow.ask(recoveryOf(person));
    await expect(ben.escrow.breakGlass({ request: early })).rejects.toMatchObject({ code: 'escrow.not-whole' });
    const { request } = await client.escrow.ask({ reason: 'For emergencies at night' });
    await ben.escrow.approve({ request });
    await client.escrow.share({ request });
    expect(await client.escrow.state({})).toMatchObject({ state: 'break-glass' });
    expect(readWith(await ben.escrow.breakGlass({ request: early }), mail)).toBe(letter);
    const { entries } = await client.audit.list({ actions: ['escrow.break-glass'] });
    expect(entries[0]).toMatchObject({ outcome: 'success', operator: 'Ben', subject: { person } });
    const filtered = await client.audit.list({ actions: ['people.leave'], search: 'nothing of the kind', limit: 1 });
    expect([filtered.entries, filtered.alarms.map(({ action }) => action)]).toEqual([[], ['escrow.break-glass']]);
    expect((await client.reports.overview({})).todo[0]).toMatchObject({ kind: 'escrow-alarm' });
    await client.policies.set({ breakGlass: false });
    const { request: later } = await ben.escrow.ask(recoveryOf(person));
    await signInAs(practice, 'Ben');
    const again = practice.clientOf('Ben');
    await expect(again.escrow.breakGlass({ request: later })).rejects.toMatchObject({ code: 'escrow.not-whole' });
    expect(await client.escrow.state({})).toMatchObject({ state: 'shared' });
  });
});

describe('a workspace from before there were shares', () => {
  it('is shared when an officer signs in, and what leavers had is in the escrow only from then on', async () => {
    const practice = await practiceWithLeaver();
    const { client, ben, person, mail } = practice;
    await client.policies.set({ breakGlass: true });
    const { request } = await client.escrow.ask({ reason: 'As it was before' });
    await ben.escrow.approve({ request });
    await client.escrow.share({ request });
    await practice.door.close();
    const raw = new DatabaseSync(join(practice.directory, 'keyward.db'));
    raw.exec("delete from escrowShare; delete from setting where name = 'policies'");
    raw.close();
    const later = await openPractice({ workspaceDirectory: practice.directory });
    await later.client.session.signIn({ operator: 'Ben', passphrase: secret(passphraseOf('Ben')) });
    expect(await later.client.escrow.state({})).toMatchObject({ state: 'shared' });
    const asked = await later.client.escrow.ask(recoveryOf(person));
    const admin = later.clientOf('admin');
    await admin.session.signIn({ operator: 'admin', passphrase: secret() });
    await admin.escrow.approve({ request: asked.request });
    expect(readWith(await later.client.escrow.deliver({ request: asked.request }), mail)).toBe(letter);
  });
});
