import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newPractice, temporaryDirectory } from './support/practice.ts';

const day = 86_400_000;

/** A clock that stands still until it is moved. */
function movedClock() {
  let now = new Date('2027-03-01T08:00:00Z');
  return { now: () => now, move: (days: number) => void (now = new Date(now.getTime() + days * day)) };
}

async function practiceInTime() {
  const clock = movedClock();
  const { client } = await newPractice({ clock });
  const [root, issuing] = (await client.authorities.list({})).authorities;
  if (root === undefined || issuing === undefined) throw new Error('a practice without authorities');
  return { client, move: clock.move, root, issuing };
}

describe('lists of revoked certificates that are due', () => {
  it('are made for every authority that has none, and for none whose list is fresh', async () => {
    const { client, root, issuing } = await practiceInTime();
    const { lists, files } = await client.authorities.crlDue({});
    expect(lists).toMatchObject([
      { authority: root.id, number: 1 },
      { authority: issuing.id, number: 1 },
    ]);
    expect(files.map(({ name }) => name)).toEqual([expect.stringMatching(/root.*\.crl$/), expect.stringMatching(/issuing.*\.crl$/)]);
    expect(await client.authorities.crlDue({})).toEqual({ lists: [], files: [], unfinished: [], owed: [] });
  });

  it('are made anew after seven days where people are certified, long before they end', async () => {
    const { client, move, issuing } = await practiceInTime();
    await client.authorities.crlDue({});
    move(6.9);
    expect((await client.authorities.crlDue({})).lists).toEqual([]);
    move(0.1);
    expect((await client.authorities.crlDue({})).lists).toMatchObject([{ authority: issuing.id, number: 2 }]);
    const { latestList } = (await client.authorities.list({})).authorities.find(({ id }) => id === issuing.id) ?? {};
    expect(latestList?.nextUpdate).toBe('2027-03-18T08:00:00.000Z');
  });

  it('are made anew for the root after ninety days', async () => {
    const { client, move, root, issuing } = await practiceInTime();
    await client.authorities.crlDue({});
    move(90);
    expect((await client.authorities.crlDue({})).lists.map(({ authority }) => authority)).toEqual([root.id, issuing.id]);
  });

  it('are signed by their authority and numbered, as openssl reads them, and entered in the log', async () => {
    const { client, issuing } = await practiceInTime();
    const { files } = await client.authorities.crlDue({});
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'list.crl'), files[1]?.bytes ?? '');
    writeFileSync(join(directory, 'chain.pem'), (await client.authorities.export({ authority: issuing.id })).bytes);
    const { stdout, stderr } = spawnSync('openssl', 'crl -inform DER -in list.crl -CAfile chain.pem -noout -crlnumber -verify'.split(' '), {
      cwd: directory,
      encoding: 'utf8',
    });
    expect(`${stdout}${stderr}`).toMatch(/verify OK/);
    expect(stdout).toMatch(/crlNumber=(0x)?0?1\b/);
    const { entries } = await client.audit.list({ actions: ['authority.crl'] });
    expect(entries[0]).toMatchObject({ outcome: 'success', subject: { authorities: [expect.any(String), issuing.id] } });
  });
});
