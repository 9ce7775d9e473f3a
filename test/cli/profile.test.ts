import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { deskWithPractice } from './support/command-line.ts';

it('an own profile begins with the definition of a family, is kept, listed, changed and enrolled by', async () => {
  const desk = await deskWithPractice();
  const { definition } = await desk.json<{ definition: object }>('profile', 'show', 'smime-mailbox-multipurpose');
  const own = { ...definition, name: 'locums', title: 'Locums', validityDays: 60 };
  expect(await desk.json('profile', 'add', desk.put('locums.json', JSON.stringify(own)))).toMatchObject({ profile: 'locums' });
  expect((await desk.run('profile', 'list')).stdout).toMatch(/locums +Locums +sign, encrypt, dual +60 +own/);
  await desk.json('profile', 'edit', desk.put('locums.json', JSON.stringify({ ...own, validityDays: 30, escrowsKeys: false })));
  const staff = desk.put('staff.csv', 'name,email\nAda Lovelace,ada@ridgeway.example\n');
  const { exit, stderr } = await desk.run('enroll', '--csv', staff, '--profile', 'locums', '--algorithm', 'p256');
  expect([exit, stderr]).toEqual([0, expect.stringContaining('Keys of locums are not put into the escrow')]);
  const { certificates } = await desk.json<{ certificates: { profile: string; notBefore: string; notAfter: string }[] }>(
    'certificate',
    'list',
  );
  const [made] = certificates.filter(({ profile }) => profile === 'locums-sign');
  expect(Date.parse(made?.notAfter ?? '') - Date.parse(made?.notBefore ?? '')).toBe(30 * 86_400_000 - 1000);
});

it('a file that is no JSON, or no profile, is refused with exit 2, and nothing is kept', async () => {
  const desk = await deskWithPractice();
  const noJson = await desk.run('profile', 'add', desk.put('no.json', '{'), '--json');
  expect({ exit: noJson.exit, error: JSON.parse(noJson.stdout) as unknown }).toMatchObject({
    exit: 2,
    error: { error: { code: 'input.invalid' } },
  });
  const noProfile = await desk.run('profile', 'add', desk.put('no.json', '{"name":"x"}'), '--json');
  expect(noProfile.exit).toBe(2);
  expect((await desk.run('profile', 'list')).stdout).not.toContain('own');
});

it.each([
  ['direct-address', 'email:dr.ada@direct.ridgeway.example', ['dr.ada@direct.ridgeway.example']],
  ['direct-organization', 'DNS:direct.ridgeway.example', []],
])('%s issues what Direct asks for: %s', async (profile, names, emails) => {
  const desk = await deskWithPractice();
  const staff = desk.put('staff.csv', 'name,email,other_emails\nAda Lovelace,dr.ada@direct.ridgeway.example,ada@direct.ridgeway.example\n');
  await desk.json('enroll', '--csv', staff, '--profile', `${profile}-dual`, '--algorithm', 'rsa-2048');
  const { certificates } = await desk.json<{ certificates: { id: string; profile: string; emails: string[] }[] }>('certificate', 'list');
  const made = certificates.find((certificate) => certificate.profile === `${profile}-dual`);
  expect(made?.emails).toEqual(emails);
  await desk.json('certificate', 'export', made?.id ?? '', '--format', 'pem', '--out', desk.path('made.pem'));
  const text = execFileSync('openssl', ['x509', '-in', desk.path('made.pem'), '-noout', '-ext', 'subjectAltName,keyUsage'], {
    encoding: 'utf8',
  });
  expect(text.split('\n').map((line) => line.trim())).toEqual(expect.arrayContaining([names, 'Digital Signature, Key Encipherment']));
  expect(await desk.json('lint', desk.path('made.pem'), '--profile', `${profile}-dual`)).toEqual({ findings: [] });
});
