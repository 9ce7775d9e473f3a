import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { deskWithPractice, type Desk } from './support/command-line.ts';

/** A request for a new P-256 key, as openssl makes it. */
function newRequest(desk: Desk, subject = '/CN=Eve Outside/emailAddress=eve@lab.example'): string {
  const run = (...args: string[]) => execFileSync('openssl', args, { cwd: desk.directory, stdio: 'pipe' });
  run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'key.pem');
  run('req', '-new', '-key', 'key.pem', '-subj', subject, '-out', 'request.pem');
  return desk.path('request.pem');
}

it('a request is shown with what would come of it, and signed', async () => {
  const desk = await deskWithPractice();
  const file = newRequest(desk);
  const { stdout } = await desk.run('authority', 'sign-request', file, '--preview');
  expect(stdout).toMatch(/commonName +Eve Outside +replaced +eve@lab\.example/);
  expect(stdout).toMatch(/belongs to +nobody in the practice/);
  const made = await desk.json<{ certificate: string }>('authority', 'sign-request', file, '--out', desk.path('chain.pem'));
  expect(made).toEqual({ certificate: expect.any(String), replaced: [], file: desk.path('chain.pem') });
  expect(readFileSync(desk.path('chain.pem'), 'utf8').match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
  expect(await desk.json('certificate', 'show', made.certificate)).toMatchObject({ keyStore: 'elsewhere', emails: ['eve@lab.example'] });
});

it('a request for no mailbox is refused with exit 2 and a hint, and nothing is written', async () => {
  const desk = await deskWithPractice();
  const run = await desk.run('authority', 'sign-request', newRequest(desk, '/CN=Nobody'), '--out', desk.path('chain.pem'), '--json');
  expect({ exit: run.exit, error: JSON.parse(run.stdout) as unknown }).toMatchObject({
    exit: 2,
    error: { error: { code: 'input.invalid', details: { field: 'email' }, hint: expect.stringMatching(/./) } },
  });
  expect(() => readFileSync(desk.path('chain.pem'))).toThrow('ENOENT');
});

it('a format nobody knows is refused before anything is signed', async () => {
  const desk = await deskWithPractice();
  const run = await desk.run('authority', 'sign-request', newRequest(desk), '--format', 'p7b', '--out', desk.path('chain.pem'), '--json');
  expect({ exit: run.exit, error: JSON.parse(run.stdout) as unknown }).toMatchObject({
    exit: 2,
    error: { error: { code: 'input.invalid', details: { field: 'format' } } },
  });
  const { certificates } = await desk.json<{ certificates: { isAuthority: boolean }[] }>('certificate', 'list');
  expect(certificates.filter(({ isAuthority }) => !isAuthority)).toEqual([]);
});
