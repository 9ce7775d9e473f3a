import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { deskWithPractice, type Desk } from './support/command-line.ts';

const openssl = (desk: Desk, line: string, input = '') => execFileSync('openssl', line.split(' '), { cwd: desk.directory, input });

it('mail open writes what a mail holds where it is told, and says whose key it took; what is not for anybody here writes nothing', async () => {
  const desk = await deskWithPractice();
  desk.put('staff.csv', 'name,email\nAnn,ann@ridgeway.example\n');
  await desk.json('enroll', '--csv', desk.path('staff.csv'));
  const [person = ''] = (await desk.json<{ people: { id: string }[] }>('people', 'list')).people.map(({ id }) => id);
  const { certificates } = await desk.json<{ certificates: { id: string; purpose: string }[] }>('certificate', 'list');
  const encrypt = certificates.find(({ purpose }) => purpose === 'encrypt')?.id ?? '';
  await desk.json('certificate', 'export', encrypt, '--format', 'pem', '--out', desk.path('to.pem'));
  openssl(desk, 'cms -encrypt -aes256 -from a@b.example -out sealed.eml to.pem', 'Content-Type: text/plain\n\nHello\n');
  const open = ['mail', 'open', desk.path('sealed.eml'), '--reason', 'She is ill'];
  const opened = await desk.json<object>(...open, '--out', desk.path('opened.eml'));
  expect(opened).toMatchObject({ certificate: encrypt, person, encryption: 'aes256-CBC', valid: false });
  expect(readFileSync(desk.path('opened.eml'), 'utf8')).toMatch(/^From: a@b\.example\r\n[^]*\n\r?\nHello\r?\n$/);
  openssl(desk, 'req -x509 -newkey rsa:2048 -nodes -keyout o.key -subj /CN=Other -out other.pem');
  openssl(desk, 'cms -encrypt -aes256 -out other.eml other.pem', 'Hello');
  const refused = await desk.run('mail', 'open', desk.path('other.eml'), '--reason', 'x', '--out', desk.path('no.eml'), '--json');
  expect(refused.exit).toBe(2);
  expect(refused.stdout).toContain('input.no-key-here');
  expect(existsSync(desk.path('no.eml'))).toBe(false);
});

it('mail test writes a message that openssl opens, mail proof takes no answer that is none, and mail smtp keeps its password to itself', async () => {
  const desk = await deskWithPractice();
  desk.put('staff.csv', 'name,email\nKeys of the practice,keys@ridgeway.example\nAnn,ann@ridgeway.example\n');
  await desk.json('enroll', '--csv', desk.path('staff.csv'));
  const refused = async (...args: readonly string[]) => {
    const { exit, stdout } = await desk.run(...args, '--json');
    return [exit, (JSON.parse(stdout) as { error: { code: string } }).error.code];
  };
  const test = ['mail', 'test', 'ann@ridgeway.example', '--client', 'apple', '--out', desk.path('test.eml')];
  expect(await refused(...test)).toEqual([3, 'client.no-sender']);
  expect(await desk.json('mail', 'sender', 'keys@ridgeway.example')).toMatchObject({ sender: { address: 'keys@ridgeway.example' } });
  expect(await desk.json(...test)).toMatchObject({ client: 'apple', state: 'waiting', to: 'ann@ridgeway.example', sent: false });
  expect(openssl(desk, 'cms -cmsout -print -noout -in test.eml').toString()).toMatch(/aes-256-cbc/);
  expect(await refused('mail', 'proof', desk.path('test.eml'))).toEqual([2, 'input.no-key-here']);
  expect(await refused('mail', 'test', 'ann@ridgeway.example')).toEqual([3, 'client.no-mail-server']);
  const server = ['--host', 'mail.ridgeway.example', '--user', 'keys', '--password-file', desk.put('password', 'never shown')];
  const named = { host: 'mail.ridgeway.example', port: 587, security: 'starttls', user: 'keys', hasPassword: true, hasOwnTrust: false };
  expect(await desk.json('mail', 'smtp', 'set', ...server, '--starttls')).toMatchObject({ server: named });
  const { stdout } = await desk.run('mail', 'smtp', 'show');
  expect(stdout).toContain('mail.ridgeway.example:587, starttls, as keys');
  expect(stdout).not.toContain('never shown');
  expect(await refused('mail', 'smtp', 'set', ...server, '--starttls', '--tls')).toEqual([2, 'input.invalid']);
  await desk.json('mail', 'smtp', 'remove');
  expect(await desk.json('mail', 'smtp', 'show')).toMatchObject({ server: null });
});
