import { describe, expect, it } from 'vitest';
import { practiceOfEveryRole } from './support/operators.ts';
import { recoveryOf, practiceWithLeaver } from './support/escrow.ts';
import { addPeople, enroll, newPractice, openPractice, secret, type OpenPractice } from './support/practice.ts';

const [minute, day] = [60_000, 86_400_000];
const refusal = (code: string) => expect.objectContaining({ code }) as unknown;

/** A practice with two people who have certificates, and whose clock is moved. */
async function practiceInTime() {
  let now = new Date('2026-03-02T13:00:00.000Z');
  const practice = await newPractice({ clock: { now: () => now } });
  const people = await addPeople(practice, 2);
  await enroll(practice, people);
  return { ...practice, people, pass: (milliseconds: number) => void (now = new Date(now.getTime() + milliseconds)) };
}

const alarmsOf = async ({ client }: Pick<OpenPractice, 'client'>) =>
  (await client.incidents.list({})).alarms.map(({ rule, about, count, state }) => [rule, about, count, state]);

async function exportKeys({ client }: OpenPractice, person: string) {
  const { certificates } = await client.certificates.list({ person, limit: 10 });
  const wanted = certificates.filter(({ purpose }) => purpose === 'encrypt').map(({ id }) => id);
  return client.certificates.exportPrivateKey({ certificates: wanted, format: 'p12-modern' });
}

async function failToSignIn({ clientOf }: OpenPractice, times: number, pass: (milliseconds: number) => void): Promise<void> {
  for (let at = 0; at < times; at++) {
    pass(3 * minute);
    await expect(clientOf('stranger').session.signIn({ operator: 'admin', passphrase: secret('wrong') })).rejects.toEqual(
      refusal('session.sign-in-failed'),
    );
  }
}

describe('an alarm', () => {
  it('is raised once for many failed sign-ins, in the unit that enters the last of them, and grows', async () => {
    const practice = await practiceInTime();
    await failToSignIn(practice, 4, practice.pass);
    expect(await alarmsOf(practice)).toEqual([]);
    await failToSignIn(practice, 1, practice.pass);
    expect(await alarmsOf(practice)).toEqual([['failed-sign-ins', null, 5, 'open']]);
    await failToSignIn(practice, 1, practice.pass);
    expect(await alarmsOf(practice)).toEqual([['failed-sign-ins', null, 6, 'open']]);
    const { entries } = await practice.client.audit.list({ actions: ['audit.alarm'] });
    expect(entries).toMatchObject([{ operator: null, origin: { host: 'core' }, subject: { rule: 'failed-sign-ins', alarm: 1, count: 5 } }]);
    const raisedBy = await practice.client.audit.show({ index: Number(entries[0]?.subject['entry']) });
    expect([raisedBy.action, raisedBy.outcome, raisedBy.index + 1]).toEqual(['session.sign-in', 'refused', entries[0]?.index]);
    const { todo } = await practice.client.reports.overview({});
    expect(todo).toContainEqual(expect.objectContaining({ kind: 'alarm', rule: 'failed-sign-ins', count: 6 }));
  });

  it('counts on behind a restart, and begins anew once it was settled', async () => {
    const practice = await practiceInTime();
    await practice.client.incidents.setPolicy({ failedSignIns: { count: 4, minutes: 60 } });
    await failToSignIn(practice, 3, practice.pass);
    await practice.door.close();
    let now = new Date('2026-03-02T13:20:00.000Z');
    const again = await openPractice({ workspaceDirectory: practice.directory, clock: { now: () => now } });
    const pass = (milliseconds: number) => void (now = new Date(now.getTime() + milliseconds));
    await failToSignIn(again, 1, pass);
    pass(60 * minute);
    await again.client.session.signIn({ operator: 'admin', passphrase: secret() });
    expect(await alarmsOf(again)).toEqual([['failed-sign-ins', null, 4, 'open']]);
    await again.client.incidents.settle({ alarm: 1, note: 'The admin had the caps lock on' });
    await failToSignIn(again, 1, pass);
    expect(await alarmsOf(again)).toEqual([['failed-sign-ins', null, 4, 'settled']]);
    await expect(again.client.incidents.settle({ alarm: 1, note: 'Once more' })).rejects.toEqual(refusal('stale'));
  });

  it('is raised for a key that leaves outside office hours, not for one within', async () => {
    const practice = await practiceInTime();
    const officeHours = { days: [1, 2, 3, 4, 5], from: '07:30', to: '19:00', zone: 'America/New_York' };
    await practice.client.incidents.setPolicy({ officeHours });
    await exportKeys(practice, practice.people[0] ?? '');
    expect(await alarmsOf(practice)).toEqual([]);
    practice.pass(12 * 60 * minute);
    await practice.client.session.stay({});
    await exportKeys(practice, practice.people[1] ?? '');
    expect(await alarmsOf(practice)).toEqual([['outside-hours', 'Person 1', 1, 'open']]);
  });

  it('is raised for many exports, for many revocations, and for the export of a revoked key', async () => {
    const practice = await practiceInTime();
    const often = { count: 2, minutes: 30 };
    await practice.client.incidents.setPolicy({ bulkExports: often, bulkRevocations: often });
    for (const person of practice.people) await exportKeys(practice, person);
    expect(await alarmsOf(practice)).toEqual([['bulk-export', null, 2, 'open']]);
    const { certificates } = await practice.client.certificates.list({ person: practice.people[0] ?? '', limit: 10 });
    await practice.client.certificates.revoke({ certificates: certificates.map(({ id }) => id), reason: 'keyCompromise' });
    await exportKeys(practice, practice.people[0] ?? '');
    expect(await alarmsOf(practice)).toEqual([
      ['revoked-key', 'Person 0', 1, 'open'],
      ['bulk-revocation', null, 2, 'open'],
      ['bulk-export', null, 3, 'open'],
    ]);
  });

  it('is raised for a recovery, and again when nobody signs it off in time', async () => {
    let now = new Date();
    const practice = await practiceWithLeaver({ clock: { now: () => now } });
    const { request } = await practice.client.escrow.ask(recoveryOf(practice.person));
    await practice.ben.escrow.approve({ request });
    await practice.client.escrow.deliver({ request });
    expect(await alarmsOf(practice)).toEqual([['recovery', 'Person 0', 1, 'open']]);
    now = new Date(now.getTime() + 8 * day);
    await practice.client.session.signIn({ operator: 'admin', passphrase: secret() });
    await expect.poll(() => alarmsOf(practice)).toContainEqual(['review-expired', 'Person 0', 1, 'open']);
    await practice.client.session.signIn({ operator: 'admin', passphrase: secret() });
    expect((await alarmsOf(practice)).filter(([rule]) => rule === 'review-expired')).toHaveLength(1);
  });
});

describe('an incident', () => {
  it('collects an alarm, an entry, a certificate and notes, and prints as what a breach assessment needs', async () => {
    const practice = await practiceInTime();
    await practice.client.incidents.setPolicy({ bulkExports: { count: 2, minutes: 30 } });
    for (const person of practice.people) await exportKeys(practice, person);
    const { incident } = await practice.client.incidents.open({ title: 'Keys on a <lost> stick', alarm: 1, affected: 12 });
    const { certificates } = await practice.client.certificates.list({ person: practice.people[0] ?? '', limit: 10 });
    const [stolen] = certificates.filter(({ purpose }) => purpose === 'encrypt');
    await practice.client.incidents.add({ incident, certificate: stolen?.id ?? '' });
    await practice.client.certificates.revoke({ certificates: [stolen?.id ?? ''], reason: 'keyCompromise' });
    const { entries } = await practice.client.audit.list({ actions: ['certificate.revoke'] });
    await practice.client.incidents.add({ incident, entry: entries[0]?.index ?? 0 });
    await practice.client.incidents.note({ incident, text: 'The stick was in a bag on a train.', affected: 600 });
    const view = await practice.client.incidents.show({ incident });
    expect(view).toMatchObject({ affected: 600, notice: { individuals: '2026-05-01', secretary: '2026-05-01', media: '2026-05-01' } });
    expect(view.timeline.map(({ alarm, entry, note, certificate }) => alarm?.rule ?? entry?.action ?? note ?? certificate)).toEqual([
      'bulk-export',
      stolen?.id,
      'certificate.revoke',
      'The stick was in a bag on a train.',
    ]);
    expect(view.keys).toContainEqual(
      expect.objectContaining({ name: 'Person 0', emails: ['p0@ridgeway.example'], purpose: 'encrypt', since: stolen?.notBefore }),
    );
    expect(await alarmsOf(practice)).toEqual([['bulk-export', null, 2, 'incident']]);
    await practice.client.incidents.close({ incident, conclusion: 'The files were encrypted; low probability.' });
    const page = Buffer.from((await practice.client.incidents.print({ incident })).file.bytes).toString();
    for (const words of [
      'Keys on a &#60;lost&#62; stick',
      'p0@ridgeway.example',
      'keyCompromise',
      '2026-05-01',
      'in a bag on a train',
      'low probability',
    ])
      expect(page).toContain(words);
    expect(page).not.toMatch(/<lost>|<script|\{\w+\}|undefined/);
  });

  it('keeps what people write out of the log, but for its digest', async () => {
    const { client } = await practiceInTime();
    const { incident } = await client.incidents.open({ title: 'Something odd' });
    await client.incidents.note({ incident, text: 'Mrs. Smith called' });
    const { entries } = await client.audit.list({ actions: ['incident.open', 'incident.note'] });
    expect(JSON.stringify(entries)).not.toMatch(/odd|Smith/);
    expect(entries.map(({ subject }) => [subject['incident'], String(subject['digest']).length])).toEqual([
      [1, 64],
      [1, 64],
    ]);
  });

  it('takes nothing that is not there, nothing once it is closed, and no discovery in the future', async () => {
    const { client } = await practiceInTime();
    await expect(client.incidents.open({ title: 'Not yet', discoveredAt: '2027-01-01T00:00:00.000Z' })).rejects.toEqual(
      refusal('input.invalid'),
    );
    await expect(client.incidents.open({ title: 'No such alarm', alarm: 9 })).rejects.toEqual(refusal('not-found'));
    const { incident } = await client.incidents.open({ title: 'Something odd' });
    await expect(client.incidents.add({ incident, entry: 99_999 })).rejects.toEqual(refusal('not-found'));
    await expect(client.incidents.add({ incident })).rejects.toEqual(refusal('input.invalid'));
    await client.incidents.close({ incident, conclusion: 'Nothing' });
    await expect(client.incidents.note({ incident, text: 'Too late' })).rejects.toEqual(refusal('conflict'));
    await expect(client.incidents.close({ incident, conclusion: 'Again' })).rejects.toEqual(refusal('conflict'));
    await expect(client.incidents.show({ incident: 7 })).rejects.toEqual(refusal('not-found'));
  });

  it('is an officer’s to write, an auditor’s to read, and nobody else’s to see; the policy is an administrator’s', async () => {
    const { as } = await practiceOfEveryRole();
    const { incident } = await as('security-officer').incidents.open({ title: 'Something odd' });
    expect((await as('auditor').incidents.show({ incident })).title).toBe('Something odd');
    await expect(as('auditor').incidents.note({ incident, text: 'Hello' })).rejects.toEqual(refusal('session.not-permitted'));
    await expect(as('registrar').incidents.list({})).rejects.toEqual(refusal('session.not-permitted'));
    await expect(as('security-officer').incidents.setPolicy({ reviewDays: 30 })).rejects.toEqual(refusal('session.not-permitted'));
    await expect(
      as('administrator').incidents.setPolicy({ officeHours: { days: [1], from: '09:00', to: '08:00', zone: 'UTC' } }),
    ).rejects.toEqual(refusal('input.invalid'));
    expect(await as('administrator').incidents.setPolicy({ reviewDays: 30 })).toMatchObject({ reviewDays: 30, retentionYears: 6 });
  });
});
