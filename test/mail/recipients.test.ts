import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createThunderbird } from '../../main/adapters/mail-clients/thunderbird/thunderbird.ts';
import { privateDirectory } from '../domain/pfx/engines.ts';
import { enroll, newPractice } from '../services/support/practice.ts';
import { certutil, listed, newProfile, testPlaces } from './support/profile.ts';

async function practiceWithProfile() {
  const directory = privateDirectory();
  mkdirSync(join(directory, 'temporary'), { mode: 0o700 });
  const practice = await newPractice({ mailClients: [createThunderbird({ places: testPlaces(directory) })] });
  const { person } = await practice.client.people.add({ name: 'Ada Lovelace', emails: ['ada@ridgeway.example'] });
  await enroll(practice, [person]);
  const profile = newProfile(directory, 'ada@ridgeway.example');
  return { ...practice, profile, target: { person, client: 'thunderbird', target: profile } as const };
}

describe('setting up a mail program', () => {
  it('brings the certificates of colleagues along, trusted for nothing of their own, and misses one that was taken away', async () => {
    const { client, target, profile, ...practice } = await practiceWithProfile();
    const { person: bo } = await client.people.add({ name: 'Bo Li', emails: ['bo@ridgeway.example'] });
    await expect(client.mail.export({ ...target, recipients: [bo] })).rejects.toMatchObject({ code: 'client.no-certificate' });
    await enroll({ ...practice, client }, [bo]);
    const missing = async () => (await client.mail.check({ ...target, recipients: ['bo@ridgeway.example'] })).findings;
    await client.mail.export(target);
    expect(await missing()).toEqual([expect.objectContaining({ code: 'recipient-missing', address: 'bo@ridgeway.example' })]);
    const { writes } = await client.mail.plan({ ...target, recipients: [bo, target.person] });
    expect(writes.map(({ what }) => what)).toContain('the certificate of 1 colleague');
    await client.mail.export({ ...target, recipients: [bo] });
    expect(await missing()).toEqual([]);
    const [theirs, ...more] = [...listed(profile)].filter(([name]) => name.startsWith('bo@'));
    expect([theirs?.[1], more]).toEqual([',,', []]);
    certutil(profile, '-D', '-n', theirs?.[0] ?? '');
    expect((await missing()).map(({ code }) => code)).toEqual(['recipient-missing']);
  });
});
