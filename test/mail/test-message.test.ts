import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../main/domain/errors.ts';
import { readableMail } from '../../main/domain/mime/readable-mail.ts';
import type { Clock } from '../../main/ports/clock.ts';
import { addOperator, signInAs } from '../services/support/operators.ts';
import { enroll, file, newPractice, secret, type OpenPractice } from '../services/support/practice.ts';
import { chooseSender, codeIn, correspond, sender } from './support/correspondent.ts';
import { startMailServer } from './support/mail-server.ts';

const ada = 'ada@ridgeway.example';

/** A practice that can send, somebody with openssl, and what makes a test message for her. */
async function readyPractice(options: Parameters<typeof newPractice>[0] = {}, choices: Parameters<typeof newPractice>[1] = {}) {
  const practice = await newPractice(options, choices);
  const senderId = await chooseSender(practice);
  const her = await correspond(practice, ada);
  const test = async (more: Partial<Parameters<typeof practice.client.mail.test>[0]> = {}) => {
    const made = await practice.client.mail.test({ person: ada, ...more });
    return { ...made, ...her.open(made.file?.bytes ?? new Uint8Array()) };
  };
  return { practice, her, senderId, test };
}

const prove = async ({ client }: OpenPractice, answer: ReturnType<typeof file>): Promise<string> =>
  client.mail.takeProof({ file: answer }).then(
    () => 'proved',
    (error: unknown) => (error instanceof AppError ? error.code : 'other'),
  );

describe('a test message', () => {
  it.each(['p256', 'rsa-2048'] as const)(
    'of %s keys opens with openssl, signed by the practice, and its code is nowhere outside',
    async (subjectAlgorithm) => {
      const { test } = await readyPractice({}, { subjectAlgorithm });
      const { file: made, text, signer, to } = await test();
      expect([signer, to]).toEqual([sender, ada]);
      expect(text).toContain('Choose Reply');
      expect(codeIn(text)).not.toBe('');
      const outside = Buffer.from(made?.bytes ?? []).toString('latin1');
      expect(outside).toMatch(/^From: "Ridgeway Family Practice"\r\n <keys@ridgeway\.example>\r$/m);
      expect(outside).not.toContain('KEYWARD-');
      expect(readableMail(made?.bytes ?? new Uint8Array()).text).not.toContain('KEYWARD-');
    },
  );

  it('answered and signed by openssl proves that she opens and signs, once; her signing key then leaves the vault', async () => {
    const { practice, her, test } = await readyPractice();
    const code = codeIn((await test({ client: 'outlook' })).text);
    const answer = her.answer(`It works.\r\n\r\n> ${code}\r\n`);
    const proved = await practice.client.mail.takeProof({ file: answer });
    expect(proved).toMatchObject({ person: her.id, client: 'outlook', test: { state: 'proved' } });
    expect(proved.released).toHaveLength(1);
    expect(await prove(practice, answer)).toBe('client.proof-used');
    const check = await practice.client.mail.check({ person: ada, client: 'outlook' });
    expect(check).toMatchObject({ isReady: true, provedAt: proved.provedAt });
    expect(await practice.client.mail.check({ person: ada, client: 'apple' })).toMatchObject({
      isReady: false,
      provedAt: null,
      findings: [{ code: 'not-tested', sentence: expect.stringContaining('Apple Mail') }],
    });
    const { entries } = await practice.client.audit.list({ actions: ['mail.prove', 'mail.test', 'mail.check'] });
    expect(entries.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'mail.check success',
      'mail.check success',
      'mail.prove refused',
      'mail.prove success',
      'mail.test success',
    ]);
    expect(JSON.stringify(entries)).not.toContain(code);
  });

  it('proves the package that went to her for that program, and no other; a new answer proves it again', async () => {
    const { practice, her, test } = await readyPractice();
    const { mail } = practice.client;
    const deliver = async (client: 'outlook' | 'apple') => {
      const { packages } = await mail.deliver({ people: [ada], client });
      const [{ id } = { id: '' }] = packages;
      await mail.makePackage({ package: id });
      await mail.savedPackage({ package: id });
      return id;
    };
    await practice.client.policies.set({ keepSigningKeys: true });
    const [outlook, apple] = [await deliver('outlook'), await deliver('apple')];
    await mail.pickUp({ package: outlook });
    const states = async () => new Map((await mail.packages({ person: ada })).packages.map((one) => [one.id, one]));
    const proof = await mail.takeProof({ file: her.answer(codeIn((await test({ client: 'outlook' })).text)) });
    expect(proof).toMatchObject({ packages: [outlook], released: [] });
    const first = await states();
    expect([first.get(outlook), first.get(apple)]).toMatchObject([{ state: 'proved', provedAt: proof.provedAt }, { state: 'waiting' }]);
    const again = await mail.takeProof({ file: her.answer(codeIn((await test({ client: 'outlook' })).text)) });
    expect((await states()).get(outlook)).toMatchObject({ state: 'proved', provedAt: again.provedAt });
    expect((await test({})).test.client).toBeNull();
    const { mailTests } = await practice.client.people.show({ person: ada });
    expect(mailTests.map(({ client, state }) => [client, state])).toEqual([
      [null, 'waiting'],
      ['outlook', 'proved'],
    ]);
  });

  it('counts encrypted as well, opened with the key of the practice, and as a page of HTML', async () => {
    const { practice, her, test } = await readyPractice();
    const code = codeIn((await test()).text);
    expect(await prove(practice, her.answer(`<p>Fine</p><blockquote>${code}</blockquote>`, { sealed: true, isHtml: true }))).toBe('proved');
  });

  it('proves nothing when somebody else signs, the code was changed, nobody signed, or the sender is another', async () => {
    const { practice, her, test } = await readyPractice();
    const { person: grace } = { person: await correspond(practice, 'grace@ridgeway.example') };
    const { text } = await test();
    const code = codeIn(text);
    expect(await prove(practice, grace.answer(code))).toBe('client.proof-other-signer');
    const other = `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`;
    expect(await prove(practice, her.answer(other))).toBe('client.proof-no-code');
    expect(await prove(practice, her.answer('It works.'))).toBe('client.proof-no-code');
    const unsigned = file('a.eml', `From: ${ada}\r\nTo: ${sender}\r\nContent-Type: text/plain\r\n\r\n${code}\r\n`);
    expect(await prove(practice, unsigned)).toBe('client.proof-unsigned');
    expect(await prove(practice, her.answer(code, { from: 'eve@ridgeway.example' }))).toBe('client.proof-unsigned');
    const altered = Buffer.from(her.answer(`${code} one`).bytes)
      .toString('latin1')
      .replace(`${code} one`, `${code} two`);
    expect(await prove(practice, file('b.eml', Buffer.from(altered, 'latin1')))).toBe('client.proof-unsigned');
    const around = `From: ${ada}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n${code}\r\n--b\r\n${Buffer.from(her.answer('no code here').bytes).toString('latin1')}\r\n--b--\r\n`;
    expect(await prove(practice, file('c.eml', Buffer.from(around, 'latin1')))).toBe('client.proof-unsigned');
    expect(await prove(practice, her.answer(code))).toBe('proved');
  });

  it('comes too late after its last day, and counts only with the certificate in use', async () => {
    let now = new Date();
    const clock: Clock = { now: () => now };
    const { practice, her, test } = await readyPractice({ clock });
    const late = codeIn((await test({ days: 1 })).text);
    const good = codeIn((await test({ days: 30 })).text);
    now = new Date(now.getTime() + 86_400_000);
    expect(await prove(practice, her.answer(late))).toBe('client.proof-expired');
    await practice.client.certificates.renew({ person: her.id });
    expect(await prove(practice, her.answer(good))).toBe('client.proof-old-certificate');
  });

  it('is never signed in the name of a member of staff, and needs a mailbox of the practice', async () => {
    const practice = await newPractice();
    const { person } = await practice.client.people.add({ name: 'Ada', surname: 'Lovelace', emails: [ada] });
    await enroll(practice, [person]);
    await expect(practice.client.mail.test({ person: ada })).rejects.toMatchObject({ code: 'client.no-sender' });
    await expect(practice.client.submission.setSender({ person })).rejects.toMatchObject({ code: 'client.sender-somebody' });
    const { person: bare } = await practice.client.people.add({ name: 'Reception', emails: ['reception@ridgeway.example'] });
    await expect(practice.client.submission.setSender({ person: bare })).rejects.toMatchObject({ code: 'client.no-certificate' });
    expect((await practice.client.submission.show({})).sender).toBeNull();
  });

  it('opens no mail to anybody but the practice on the way to a proof', async () => {
    const { practice, test } = await readyPractice();
    const { file: made } = await test();
    expect(await prove(practice, file('own.eml', made?.bytes ?? ''))).toBe('input.no-key-here');
  });
});

describe('the mail server of the practice', () => {
  const account = ['keys', 'a password nobody guesses'] as const;
  const named = (port: number, authority: string | null, security: 'tls' | 'starttls', host = 'localhost') =>
    ({ host, port, security, trust: authority, user: account[0], password: secret(account[1]) }) as const;

  it.each(['tls', 'starttls'] as const)(
    'takes a test message over %s from who signs in, and openssl opens what arrived',
    async (security) => {
      const server = await startMailServer(security, { account });
      const { practice, her } = await readyPractice();
      await practice.client.submission.set(named(server.port, server.authority, security));
      await practice.client.submission.check({});
      expect(server.taken()).toEqual([]);
      const { file: none } = await practice.client.mail.test({ person: ada, send: true });
      const [taken] = server.taken();
      expect(none).toBeNull();
      expect(taken).toMatchObject({ from: sender, to: [ada], tls: true });
      const code = codeIn(her.open(readFileSync(taken?.file ?? '')).text);
      expect(await prove(practice, her.answer(code))).toBe('proved');
      expect(JSON.stringify(await practice.client.submission.show({}))).not.toContain(account[1]);
    },
  );

  it('is told nothing, neither a mail nor a password, where its certificate is not trusted, names another, or TLS is missing', async () => {
    const { practice } = await readyPractice();
    const send = async (input: ReturnType<typeof named>) => {
      await practice.client.submission.set(input);
      const failed = (error: unknown) => (error instanceof AppError ? error.code : 'other');
      const checked = await practice.client.submission.check({}).then(() => 'good', failed);
      return [checked, await practice.client.mail.test({ person: ada, send: true }).then(() => 'sent', failed)];
    };
    for (const security of ['tls', 'starttls'] as const) {
      const [stranger, other] = [
        await startMailServer(security, { account }),
        await startMailServer(security, { account, name: 'mail.example' }),
      ];
      expect(await send(named(stranger.port, null, security))).toEqual(['remote.untrusted', 'remote.untrusted']);
      expect(await send(named(other.port, other.authority, security))).toEqual(['remote.untrusted', 'remote.untrusted']);
      expect([stranger, other].map((server) => [server.taken(), server.passwords()])).toEqual([
        [[], ''],
        [[], ''],
      ]);
    }
    const plain = await startMailServer('plain', { account });
    expect(await send(named(plain.port, plain.authority, 'starttls'))).toEqual(['remote.untrusted', 'remote.untrusted']);
    expect([plain.taken(), plain.passwords()]).toEqual([[], '']);
  });

  it('that lets the user not in, refuses the recipient or is not there is said in words; what was removed sends nothing', async () => {
    const server = await startMailServer('tls', { account });
    const { practice } = await readyPractice();
    const { submission, mail, people } = practice.client;
    const test = (person: string) => mail.test({ person, send: true });
    await expect(test(ada)).rejects.toMatchObject({ code: 'client.no-mail-server' });
    await submission.set({ ...named(server.port, server.authority, 'tls'), password: secret('wrong') });
    await expect(test(ada)).rejects.toMatchObject({ code: 'remote.password-refused' });
    await submission.set(named(server.port, server.authority, 'tls'));
    const { person: nobody } = await people.add({ name: 'Nobody', emails: ['nobody@ridgeway.example'] });
    await enroll(practice, [nobody]);
    await expect(test(nobody)).rejects.toMatchObject({ code: 'remote.refused' });
    const { trust: _, ...kept } = named(server.port, server.authority, 'tls');
    await submission.set(kept);
    await submission.check({});
    expect((await submission.show({})).server?.hasOwnTrust).toBe(true);
    await submission.set({ ...kept, host: '127.0.0.1' });
    expect((await submission.show({})).server?.hasOwnTrust).toBe(false);
    await submission.set({ ...named(1, null, 'tls') });
    await expect(submission.check({})).rejects.toMatchObject({ code: 'remote.unreachable' });
    await submission.remove({});
    await expect(test(ada)).rejects.toMatchObject({ code: 'client.no-mail-server' });
    expect(server.taken()).toEqual([]);
  });

  it('is named by administrators, and used by registrars', async () => {
    const server = await startMailServer('tls', { account });
    const { practice } = await readyPractice();
    await addOperator(practice, 'ray', 'registrar');
    const ray = await signInAs(practice, 'ray');
    await expect(ray.submission.set(named(server.port, server.authority, 'tls'))).rejects.toMatchObject({ code: 'session.not-permitted' });
    await practice.client.submission.set(named(server.port, server.authority, 'tls'));
    await ray.mail.test({ person: ada, send: true });
    expect(server.taken()).toHaveLength(1);
  });
});
