import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { deskWithPractice, type Desk } from './support/command-line.ts';
import { newAuthority, serveStamps, serveStampsSecurely } from './support/time-stamp-authority.ts';

interface Stamped {
  readonly holds: boolean;
  readonly size: number;
  readonly time: string;
  readonly authority: string;
}

/** What a command is refused for. */
async function refusal(desk: Desk, ...args: readonly string[]): Promise<unknown> {
  const { exit, stdout } = await desk.run('audit', 'checkpoint', ...args, '--json');
  const { error } = JSON.parse(stdout) as { error: { code: string; details: { rule?: string } } };
  return [exit, error.code, error.details.rule];
}

/** Changes one octet, counted from the end. */
const changed = (octets: Buffer, fromEnd: number): Buffer => {
  const copy = Buffer.from(octets);
  copy[copy.length - fromEnd] = (copy[copy.length - fromEnd] ?? 0) ^ 1;
  return copy;
};
/** TimeStampReq ends in the nonce (16 octets) and TRUE (3), before them the header of the nonce (2) and the imprint. */
const [inNonce, inImprint] = [4, 3 + 16 + 2 + 1];

it('an authority stamps the newest total over the network; it is kept, shown, in the log, and verified by OpenSSL from an export', async () => {
  const [desk, authority] = [await deskWithPractice(), newAuthority()];
  const url = await serveStamps((body) => ({ body: authority.reply(body) }));
  const stamped = await desk.json<Stamped>('audit', 'checkpoint', '--time-stamp', url, '--trust', authority.root, '--policy', '1.2.3.4.5');
  expect(stamped).toMatchObject({ holds: true, source: url, authority: 'CN=Stamp Root', findings: [] });
  expect(Math.abs(Date.parse(stamped.time) - Date.now())).toBeLessThan(60_000);
  expect(await desk.json('audit', 'verify')).toMatchObject({ holds: true, proofs: [{ holds: true, size: stamped.size }] });
  expect((await desk.run('audit', 'verify')).stdout).toContain(`the total over ${stamped.size} entries, by ${url} under CN=Stamp Root`);
  expect(await desk.json('audit', 'list', '--search', 'time-stamp')).toMatchObject({
    entries: [
      { action: 'audit.time-stamp', outcome: 'success', subject: { way: 'network', size: stamped.size, place: new URL(url).host } },
    ],
  });
  await desk.json('audit', 'export', '--out', desk.path('bundle'));
  expect(await desk.json('audit', 'verify-log', desk.path('bundle'))).toMatchObject({ holds: true });
  const script = [join(desk.path('bundle'), 'verify_log.py')];
  expect(execFileSync('/usr/bin/python3', script, { encoding: 'utf8', cwd: desk.path('bundle') })).toContain('holds');
  const folder = join(desk.path('bundle'), 'time-stamps');
  const [base = ''] = readdirSync(folder).map((name) => name.replace(/\.[a-z]+$/, ''));
  const file = (kind: string) => join(folder, `${base}.${kind}`);
  const verify = ['ts', '-verify', '-data', file('checkpoint'), '-in', file('tsr'), '-CAfile', file('pem')];
  expect(execFileSync('/usr/bin/openssl', verify, { encoding: 'utf8', stdio: 'pipe' })).toContain('Verification: OK');
  expect(await desk.json('audit', 'verify', '--checkpoint', file('checkpoint'))).toMatchObject({ holds: true });
});

it('a request goes out as a file that OpenSSL reads, and its answer is taken in once', async () => {
  const [desk, authority] = [await deskWithPractice(), newAuthority()];
  const { size } = await desk.json<Stamped>('audit', 'checkpoint', '--time-stamp-request', desk.path('request.tsq'));
  const request = readFileSync(desk.path('request.tsq'));
  expect(execFileSync('/usr/bin/openssl', ['ts', '-query', '-in', desk.path('request.tsq'), '-text'], { encoding: 'utf8' })).toMatch(
    /Hash Algorithm: sha256[\s\S]*Nonce: 0x[0-9A-F]{32}[\s\S]*Certificate required: yes/,
  );
  const answer = ['--time-stamp-response', desk.put('answer.tsr', authority.reply(request)), '--trust', authority.root];
  expect(await desk.json('audit', 'checkpoint', ...answer)).toMatchObject({ holds: true, size, source: 'answer.tsr' });
  expect(await refusal(desk, ...answer)).toEqual([3, 'not-found', undefined]);
  expect(await refusal(desk, '--time-stamp-response', desk.path('answer.tsr'))).toEqual([2, 'input.invalid', expect.anything()]);
});

it('a time-stamp over something else, for another request, of another authority or another kind of certificate is refused and not kept', async () => {
  const [desk, authority, stranger] = [await deskWithPractice(), newAuthority(), newAuthority()];
  const tries: readonly (readonly [rule: string, answer: (request: Buffer) => Buffer, trust: string, ...more: string[]])[] = [
    ['time-stamp.imprint', (request) => authority.reply(changed(request, inImprint)), authority.root],
    ['time-stamp.nonce', (request) => authority.reply(changed(request, inNonce)), authority.root],
    ['path.signature', (request) => authority.reply(request), stranger.root],
    ['path.purpose', (request) => authority.replyAsMail(request), authority.root],
    ['cms.signature', (request) => changed(authority.reply(request), 1), authority.root],
  ];
  for (const [rule, answer, trust] of tries) {
    const url = await serveStamps((body) => ({ body: answer(body) }));
    expect(await refusal(desk, '--time-stamp', url, '--trust', trust)).toEqual([2, 'input.wrong-time-stamp', rule]);
  }
  const other = await serveStamps((body) => ({ body: authority.reply(Buffer.from(body)) }));
  expect(await refusal(desk, '--time-stamp', other, '--trust', authority.root, '--policy', '9.9')).toEqual([
    2,
    'input.invalid',
    expect.anything(),
  ]);
  expect(await refusal(desk, '--time-stamp', other, '--trust', authority.root, '--policy', '1.2.9')).toEqual([
    7,
    'remote.refused',
    undefined,
  ]);
  expect(await desk.json('audit', 'verify')).not.toHaveProperty('proofs');
  const { entries } = await desk.json<{ entries: readonly unknown[] }>('audit', 'list', '--search', 'audit wrong-time-stamp');
  expect(entries).toHaveLength(tries.length);
});

it('garbage, an endless answer, an error, nobody there and an address that is none are refused', async () => {
  const [desk, { root }] = [await deskWithPractice(), newAuthority()];
  const garbage = await serveStamps(() => ({ body: Buffer.from('<html>') }));
  expect(await refusal(desk, '--time-stamp', garbage, '--trust', root)).toEqual([2, 'input.malformed-der', undefined]);
  const endless = await serveStamps(() => ({ body: Buffer.alloc(1 << 19) }));
  expect(await refusal(desk, '--time-stamp', endless, '--trust', root)).toEqual([2, 'input.too-large', undefined]);
  const away = await serveStamps(() => ({ status: 302, body: Buffer.alloc(0) }));
  expect(await refusal(desk, '--time-stamp', away, '--trust', root)).toEqual([7, 'remote.refused', undefined]);
  expect(await refusal(desk, '--time-stamp', 'http://127.0.0.1:9/', '--trust', root)).toEqual([7, 'remote.unreachable', 'ECONNREFUSED']);
  expect(await refusal(desk, '--time-stamp', 'ftp://127.0.0.1/', '--trust', root)).toEqual([2, 'input.invalid', expect.anything()]);
});

it('over TLS the authority must show who it is, under the name that was given, by a certificate this computer trusts', async () => {
  const [desk, stamps] = [await deskWithPractice(), newAuthority()];
  let asked = 0;
  const { url, authority } = await serveStampsSecurely((body) => ({ body: (asked++, stamps.reply(body)) }));
  expect(await refusal(desk, '--time-stamp', url, '--trust', stamps.root)).toEqual([7, 'remote.untrusted', expect.anything()]);
  expect(asked).toBe(0);
  const usual = getCACertificates('default');
  onTestFinished(() => setDefaultCACertificates(usual));
  setDefaultCACertificates([...usual, authority]);
  const otherName = url.replace('localhost', '127.0.0.1');
  expect(await refusal(desk, '--time-stamp', otherName, '--trust', stamps.root)).toEqual([7, 'remote.untrusted', expect.anything()]);
  expect(asked).toBe(0);
  expect(await desk.json('audit', 'checkpoint', '--time-stamp', url, '--trust', stamps.root)).toMatchObject({ holds: true, source: url });
  expect(asked).toBe(1);
  const plain = await serveStamps((body) => ({ body: stamps.reply(body) }));
  expect(await refusal(desk, '--time-stamp', plain.replace('http:', 'https:'), '--trust', stamps.root)).toEqual([
    7,
    'remote.refused',
    expect.anything(),
  ]);
});

it('a stamped total that is changed afterwards no longer holds', async () => {
  const [desk, authority] = [await deskWithPractice(), newAuthority()];
  const url = await serveStamps((body) => ({ body: authority.reply(body) }));
  await desk.json('audit', 'checkpoint', '--time-stamp', url, '--trust', authority.root);
  const database = new DatabaseSync(join(desk.path('workspace'), 'keyward.db'));
  database.exec(`update setting set value = replace(value, 'keyward/', 'another/') where name = 'checkpoint-proofs'`);
  database.close();
  expect(await desk.json('audit', 'verify')).toMatchObject({ proofs: [{ holds: false, findings: ['time-stamp.imprint'] }] });
});
