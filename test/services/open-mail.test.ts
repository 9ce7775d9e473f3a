import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AppError } from '../../main/domain/errors.ts';
import { addOperator, signInAs } from './support/operators.ts';
import { addPeople, enroll, file, newPractice, secret, temporaryDirectory, type OpenPractice } from './support/practice.ts';

/** Of the first person of a practice. */
const own = 'p0@ridgeway.example';
const words = 'The potassium of your patient is 5.9.';
const reason = 'She is ill, and her patient waits';

/** Somebody with a pair, and OpenSSL with what it needs to write to them and to sign for them. */
async function letterWriter(practice: OpenPractice) {
  const [person = ''] = await addPeople(practice, 1);
  await enroll(practice, [person]);
  const { certificates } = await practice.client.people.show({ person });
  const directory = temporaryDirectory();
  const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { cwd: directory });
  for (const { id, purpose } of certificates) {
    const { bytes } = await practice.client.certificates.export({ certificate: id, format: 'pem' });
    writeFileSync(join(directory, `${purpose}.pem`), bytes);
  }
  const signing = certificates.filter(({ purpose }) => purpose === 'sign').map(({ id }) => id);
  const exported = await practice.client.certificates.exportPrivateKey({
    certificates: signing,
    format: 'pkcs8',
    password: secret('for the writer'),
  });
  writeFileSync(join(directory, 'sign.key'), exported.file.bytes);
  const write = (name: string, content: string) => writeFileSync(join(directory, name), content);
  const from = (mailbox: string): string[] => ['-from', mailbox, '-to', own, '-subject', 'Results'];
  return { person, mailbox: own, openssl, write, from, read: (name: string) => readFileSync(join(directory, name)) };
}

const mail = (content: Uint8Array) => ({ file: file('mail.eml', content), reason });

/** Signed as openssl signs, then encrypted, from that mailbox. */
function signedAndSealed({ openssl, write, from, read }: Awaited<ReturnType<typeof letterWriter>>, sender: string): Buffer {
  write('letter.txt', `Content-Type: text/plain; charset=utf-8\r\n\r\n${words}\r\n`);
  const signer = ['-signer', 'sign.pem', '-inkey', 'sign.key', '-passin', 'pass:for the writer'];
  openssl('cms', '-sign', '-in', 'letter.txt', ...signer, '-out', 'signed.eml');
  openssl('cms', '-encrypt', '-aes256', '-in', 'signed.eml', ...from(sender), '-out', 'sealed.eml', 'encrypt.pem');
  return read('sealed.eml');
}

test('a mail that openssl signed and encrypted is opened with the key of whom it was sent to, and held to its sender', async () => {
  const practice = await newPractice();
  const writer = await letterWriter(practice);
  const opened = await practice.client.viewer.openMail(mail(signedAndSealed(writer, writer.mailbox)));
  expect(opened.words).toMatchObject({ text: `${words}\n`, isFromHtml: false, isCut: false, attachments: [] });
  expect(opened).toMatchObject({ person: writer.person, encryption: 'aes256-CBC' });
  expect(opened.mail).toMatchObject({ subject: 'Results', verdict: { valid: true } });
  const other = await practice.client.viewer.openMail(mail(signedAndSealed(writer, 'somebody@else.example')));
  expect(other.mail.verdict).toMatchObject({ valid: false, layers: [{ findings: [{ code: 'mail.from' }] }] });
});

test('the log keeps who opened a mail, whose key it was and why, and nothing of the mail', async () => {
  const practice = await newPractice();
  const writer = await letterWriter(practice);
  await practice.client.viewer.openMail(mail(signedAndSealed(writer, writer.mailbox)));
  const { entries } = await practice.client.audit.list({ actions: ['mail.open'] });
  expect(entries).toMatchObject([{ outcome: 'success', reason, subject: { person: writer.person } }]);
  expect(JSON.stringify(entries)).not.toMatch(/potassium|Results/);
});

test('a text that was encrypted as it stands is read, and a web page as its words alone', async () => {
  const practice = await newPractice();
  const { openssl, write, read, from, mailbox } = await letterWriter(practice);
  const sealed = (content: string) => {
    write('inside', content);
    openssl('cms', '-encrypt', '-aes-256-gcm', '-binary', '-in', 'inside', ...from(mailbox), '-out', 'sealed.eml', 'encrypt.pem');
    return read('sealed.eml');
  };
  expect((await practice.client.viewer.openMail(mail(sealed('no header at all')))).words.text).toBe('no header at all');
  const page = 'Content-Type: text/html\n\n<p>Call <b>me</b></p><script>alert(1)</script><img src="http://x.example/p">';
  expect((await practice.client.viewer.openMail(mail(sealed(page)))).words).toMatchObject({ text: 'Call me', isFromHtml: true });
});

test('a mail that is not encrypted, or to nobody here, or cut off is refused, and the refusals are in the log', async () => {
  const practice = await newPractice();
  const writer = await letterWriter(practice);
  const elsewhere = await letterWriter(await newPractice());
  const sealed = signedAndSealed(writer, writer.mailbox);
  const tried = async (content: Uint8Array) =>
    practice.client.viewer.openMail(mail(content)).then(
      () => 'opened',
      (error: unknown) => (error instanceof AppError ? error.code : 'other'),
    );
  expect(await tried(Buffer.from('From: a@b.example\r\n\r\nHello'))).toBe('input.invalid');
  expect(await tried(signedAndSealed(elsewhere, elsewhere.mailbox))).toBe('input.no-key-here');
  expect(await tried(sealed.subarray(0, sealed.length - 400))).toMatch(/^input\./);
  const { entries } = await practice.client.audit.list({ actions: ['mail.open'] });
  expect(entries).toHaveLength(3);
  expect(entries.every(({ outcome }) => outcome !== 'success')).toBe(true);
});

test('a security officer opens no mail, and a reason must be given', async () => {
  const practice = await newPractice();
  const writer = await letterWriter(practice);
  await addOperator(practice, 'sam', 'security-officer');
  const sealed = signedAndSealed(writer, writer.mailbox);
  await expect(practice.client.viewer.openMail({ file: file('mail.eml', sealed), reason: ' ' })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  const sam = await signInAs(practice, 'sam');
  await expect(sam.viewer.openMail(mail(sealed))).rejects.toMatchObject({ code: 'session.not-permitted' });
});
