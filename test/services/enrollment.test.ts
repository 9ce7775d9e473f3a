import { describe, expect, it } from 'vitest';
import { addPeople, enroll, file, newPractice, openPractice, secret, type OpenPractice } from './support/practice.ts';

async function certificatesOf(practice: OpenPractice, person: string) {
  return (await practice.client.people.show({ person })).certificates;
}

describe('enrolling', () => {
  it('gives each person a pair: one key that signs, one that decrypts, each with its record', async () => {
    const practice = await newPractice();
    const people = await addPeople(practice, 3);
    expect(await enroll(practice, people)).toMatchObject({ state: 'done', done: 3, failed: 0 });
    for (const person of people) {
      const certificates = await certificatesOf(practice, person);
      expect(
        certificates
          .map(({ purpose, status, isCurrent }) => [purpose, status, isCurrent])
          .toSorted(([a], [b]) => String(a).localeCompare(String(b))),
      ).toEqual([
        ['encrypt', 'valid', true],
        ['sign', 'valid', true],
      ]);
    }
    expect(await practice.client.audit.verify({})).toMatchObject({ holds: true });
  });

  it('enters one audit entry for each person, naming them and their certificates by id', async () => {
    const practice = await newPractice();
    const [person = ''] = await addPeople(practice, 1);
    await enroll(practice, [person]);
    const { entries } = await practice.client.audit.list({ actions: ['enrollment.issue'] });
    const ids = (await certificatesOf(practice, person)).map(({ id }) => id).toSorted();
    expect(entries).toHaveLength(1);
    expect(entries[0]?.subject).toMatchObject({ person });
    expect(entries[0]?.subject['certificates']).toEqual(expect.arrayContaining(ids));
  });

  it.each(['direct-address', 'direct-organization'])('issues nothing twice by %s, which does not name every mailbox', async (profile) => {
    const practice = await newPractice();
    const { person } = await practice.client.people.add({ name: 'Ana', emails: ['ana@ridgeway.example', 'a@ridgeway.example'] });
    for (const time of ['first', 'again']) {
      await enroll(practice, [person], { profile: `${profile}-sign` });
      expect([time, (await certificatesOf(practice, person)).length]).toEqual([time, 1]);
    }
  });

  it('is refused while the authority that issues, or one above it, is revoked; renewing and requests as well', async () => {
    const practice = await newPractice();
    const { client } = practice;
    const [person = '', other = ''] = await addPeople(practice, 2);
    await enroll(practice, [person]);
    const { authorities } = await client.authorities.list({});
    const { certificateId = '' } = authorities.find(({ issuesToPeople }) => issuesToPeople) ?? {};
    await client.certificates.revoke({ certificates: [certificateId], reason: 'cACompromise' });
    await expect(client.enrollment.start({ people: [other] })).rejects.toMatchObject({ code: 'path.revoked' });
    await expect(client.certificates.renew({ person })).rejects.toMatchObject({ code: 'path.revoked' });
    expect(await certificatesOf(practice, person)).toHaveLength(2);
    expect(await certificatesOf(practice, other)).toEqual([]);
  });

  it('issues nothing twice when it is asked again', async () => {
    const practice = await newPractice();
    const people = await addPeople(practice, 2);
    await enroll(practice, people);
    expect(await enroll(practice, people)).toMatchObject({ state: 'done', done: 0, skipped: 2 });
    expect(await certificatesOf(practice, people[0] ?? '')).toHaveLength(2);
  });

  it('fails one person without stopping the others, and records no half pair', async () => {
    const practice = await newPractice();
    const [good = ''] = await addPeople(practice, 1);
    const { person: bad } = await practice.client.people.add({ name: 'Nameless', emails: ['nameless@ridgeway.example'] });
    const job = await enroll(practice, [good, bad], { profile: 'smime-sponsor-strict' });
    expect(job).toMatchObject({ state: 'done', failed: 2 });
    expect(await certificatesOf(practice, bad)).toHaveLength(0);
    const { items } = await practice.client.enrollment.job({ job: job.id, state: 'failed' });
    expect(items.map(({ error }) => error?.code)).toEqual(['input.attribute-missing', 'input.attribute-missing']);
  });

  it.each([
    ['a profile nobody has', { profile: 'smime-mailbox-legacy' }, 'input.unknown-profile'],
    ['a pair of Ed25519 keys, which cannot decrypt', { algorithm: 'ed25519' as const }, 'input.unsupported-algorithm'],
    ['somebody who is not here', { people: ['01a20467-0000-7000-8000-000000000000'] }, 'not-found'],
    ['an algorithm nobody knows', { algorithm: 'rsa-1024' as 'p256' }, 'input.invalid'],
  ])('refuses %s, and starts no job', async (_, choices, code) => {
    const practice = await newPractice();
    const people = await addPeople(practice, 1);
    await expect(practice.client.enrollment.start({ people, ...choices })).rejects.toMatchObject({ code });
    expect((await practice.client.enrollment.jobs({})).jobs).toEqual([]);
  });

  it('issues an Ed25519 key that only signs', async () => {
    const practice = await newPractice();
    const [person = ''] = await addPeople(practice, 1);
    await enroll(practice, [person], { profile: 'smime-mailbox-multipurpose-sign', algorithm: 'ed25519' });
    expect(await certificatesOf(practice, person)).toMatchObject([{ purpose: 'sign', keyAlgorithm: 'ed25519' }]);
  });

  it('goes on after the core was closed in the middle, and gives everybody exactly one pair', async () => {
    const first = await newPractice();
    const people = await addPeople(first, 250);
    const { job } = await first.client.enrollment.start({ people });
    await first.next('enrollment.progress', (payload) => payload.done > 0);
    await first.door.close();
    const again = await openPractice({ workspaceDirectory: first.directory });
    await again.client.session.signIn({ passphrase: secret() });
    const stopped = await again.client.enrollment.job({ job, limit: 1 });
    expect(stopped.state).toBe('stopped');
    expect(stopped.done).toBeLessThan(250);
    const ended = again.next('enrollment.progress', (payload) => payload.id === job && payload.state === 'done');
    await again.client.enrollment.resume({ job });
    expect(await ended).toMatchObject({ done: 250, failed: 0 });
    const { counts } = await again.client.people.list({});
    expect(counts).toMatchObject({ everyone: 250, uncovered: 0 });
    const { entries } = await again.client.audit.list({ actions: ['enrollment.issue'], limit: 500 });
    expect(new Set(entries.map(({ subject }) => subject['person'])).size).toBe(250);
    expect(entries).toHaveLength(250);
    expect(await again.client.audit.verify({})).toMatchObject({ holds: true });
  });

  it('stops when it is called off, and keeps what was issued', async () => {
    const practice = await newPractice();
    const people = await addPeople(practice, 400);
    const { job } = await practice.client.enrollment.start({ people });
    await practice.next('enrollment.progress', (payload) => payload.done > 0);
    const ended = practice.next('enrollment.progress', (payload) => payload.state !== 'running');
    await practice.client.enrollment.cancel({ job });
    await ended;
    const summary = await practice.client.enrollment.job({ job, limit: 1 });
    expect(summary.state).toBe('cancelled');
    expect(summary.done).toBeLessThan(400);
    const { counts } = await practice.client.people.list({});
    expect(counts.everyone - counts.uncovered).toBe(summary.done);
    await expect(practice.client.enrollment.resume({ job })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('goes on while the window is locked; what it enters is signed at the next sign-in', async () => {
    const practice = await newPractice();
    const people = await addPeople(practice, 300);
    const { job } = await practice.client.enrollment.start({ people });
    await practice.next('enrollment.progress', (payload) => payload.done > 0);
    const ended = practice.next('enrollment.progress', (payload) => payload.id === job && payload.state === 'done');
    await practice.client.session.lock({});
    expect(await ended).toMatchObject({ done: 300 });
    const unsignedEntries = expect.toSatisfy((count) => count > 0) as number;
    expect(await practice.client.session.signIn({ passphrase: secret() })).toMatchObject({ unsignedEntries });
    expect(await practice.client.audit.verify({})).toMatchObject({ holds: true, unsignedTail: 0 });
  });
});

describe('importing a staff list', () => {
  const list =
    'name,email,department\nAda Lovelace,ada@ridgeway.example,Cardiology\nBob,bob.ridgeway.example,Cardiology\nGrace Hopper,grace@ridgeway.example,Cardiology\n';

  it('takes the good rows in and gives the bad ones back as a file', async () => {
    const { client } = await newPractice();
    const result = await client.people.import({ file: file('staff.csv', list) });
    expect(result).toMatchObject({ imported: 2, leftOut: 1 });
    expect(result.leftOutFile?.name).toBe('staff-to-finish.csv');
    expect(Buffer.from(result.leftOutFile?.bytes ?? []).toString()).toContain('Did you mean bob@ridgeway.example?');
  });

  it('leaves people who are here as they are, and names them again so that they can be enrolled', async () => {
    const { client } = await newPractice();
    const first = await client.people.import({ file: file('staff.csv', list) });
    const second = await client.people.import({ file: file('staff.csv', list) });
    expect(second.imported).toBe(0);
    expect([...second.people].toSorted()).toEqual([...first.people].toSorted());
  });

  it('applies a chosen repair', async () => {
    const { client } = await newPractice();
    const repairs = [{ row: 2, column: 'email', value: 'bob@ridgeway.example' }];
    expect(await client.people.import({ file: file('staff.csv', list), repairs })).toMatchObject({
      imported: 3,
      leftOut: 0,
      leftOutFile: null,
    });
  });

  it.each([
    ['an empty file', '', 'input.empty'],
    ['a file without an address column', 'colour,size\nred,3\n', 'input.malformed-csv'],
    ['more than 32 MiB', `name,email\n${'x'.repeat(33 << 20)}`, 'input.too-large'],
  ])('refuses %s, and nobody is taken in', async (_, content, code) => {
    const { client } = await newPractice();
    await expect(client.people.import({ file: file('staff.csv', content) })).rejects.toMatchObject({ code });
    expect((await client.people.list({})).counts.everyone).toBe(0);
  });

  it('refuses a second person under an address that differs by case only', async () => {
    const { client } = await newPractice();
    await client.people.add({ name: 'Ngozi Eze', emails: ['n.eze@ridgeway.example'] });
    await expect(client.people.add({ name: 'Other', emails: ['N.Eze@Ridgeway.example'] })).rejects.toMatchObject({ code: 'conflict' });
  });
});
