import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { file, newPractice, secret, temporaryDirectory } from './support/practice.ts';

const day = 86_400_000;

/** A practice whose clock is moved. */
async function practiceInTime() {
  let now = new Date(Math.floor(Date.now() / 1000) * 1000);
  const practice = await newPractice({ clock: { now: () => now } });
  const { client } = practice;
  const [root, issuing] = (await client.authorities.list({})).authorities;
  if (root === undefined || issuing === undefined) throw new Error('a practice without authorities');
  await client.authorities.publish({});
  return {
    client,
    root: root.id,
    issuing: issuing.id,
    pass: async (days: number) => {
      now = new Date(now.getTime() + days * day);
      await client.session.signIn({ operator: 'admin', passphrase: secret() });
    },
    due: async () => (await client.authorities.crlDue({})).lists.map(({ authority }) => authority),
    /** Days for which the newest list of an authority is good. */
    daysOf: async (authority: string) => {
      const list = (await client.authorities.list({})).authorities.find(({ id }) => id === authority)?.latestList;
      return (Date.parse(list?.nextUpdate ?? '') - Date.parse(list?.thisUpdate ?? '')) / day;
    },
  };
}

/** A root as openssl makes it, which has itself issued to somebody, or not. */
function oldRoot({ issued }: { issued: boolean }) {
  const directory = temporaryDirectory();
  const run = (line: string) => spawnSync('openssl', line.split(' '), { cwd: directory, encoding: 'utf8' });
  const read = (name: string) => file(name, readFileSync(join(directory, name)));
  run('req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=Old -days 3650');
  const certificate = read('ca.pem');
  const key = secret(readFileSync(join(directory, 'ca.key'), 'latin1'));
  if (!issued) return { certificate, key };
  run('req -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.csr -subj /CN=old@ridgeway.example');
  run('x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -set_serial 0x1000 -days 365 -out leaf.pem');
  const end = run('x509 -in leaf.pem -noout -enddate -dateopt iso_8601').stdout.replace(/^notAfter=|\D/g, '');
  return { certificate, key, index: file('index.txt', `V\t${end}Z\t\t1000\tunknown\t/CN=old\n`), certificates: [read('leaf.pem')] };
}

describe('a list of revoked certificates', () => {
  it('is good for ten days and due after seven where people are certified, and for half a year where authorities are', async () => {
    const { client, root, issuing, pass, due, daysOf } = await practiceInTime();
    const region = await client.authorities.create({ name: 'Region', under: root, algorithm: 'p256', pathLength: 1 });
    expect([await daysOf(root), await daysOf(region.authority), await daysOf(issuing)]).toEqual([180, 180, 10]);
    await pass(6);
    expect(await due()).toEqual([]);
    await pass(1);
    expect(await due()).toEqual([issuing]);
    await pass(83);
    expect(new Set(await due())).toEqual(new Set([root, region.authority, issuing]));
  });

  it('is good for ten days under a root that was taken in with people it certified itself', async () => {
    const { client, pass, due, daysOf } = await practiceInTime();
    const { authority } = await client.authorities.import(oldRoot({ issued: true }));
    const { authority: pure } = await client.authorities.import({ ...oldRoot({ issued: false }), name: 'Pure' });
    expect([await daysOf(authority), await daysOf(pure)]).toEqual([10, 180]);
    await pass(7);
    expect(await due()).toContain(authority);
    expect(await due()).not.toContain(pure);
  });

  it('is due at once where it promises half a year and its authority begins to issue to people', async () => {
    const { client, root, due, daysOf } = await practiceInTime();
    const { authority } = await client.authorities.create({ name: 'Region', under: root, algorithm: 'p256', pathLength: 1 });
    expect(await due()).toEqual([]);
    await client.authorities.use({ authority });
    expect(await due()).toEqual([authority]);
    expect([await daysOf(authority), await due()]).toEqual([10, []]);
  });
});
