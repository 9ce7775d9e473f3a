import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listedKey, openKeyring, type Keyring } from '../gnupg/keyring.ts';
import { deskWithPractice, staff, type Desk } from './support/command-line.ts';

interface Listed {
  readonly id: string;
  readonly version: number;
  readonly fingerprint: string;
  readonly userIds: readonly string[];
  readonly subkeys: readonly { readonly fingerprint: string }[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly personId: string;
}

async function deskWithKey(...options: string[]): Promise<Desk & { readonly id: string }> {
  const desk = await deskWithPractice();
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  const { id } = await desk.json<{ id: string }>('openpgp', 'generate', 'ada@ridgeway.example', ...options);
  return { ...desk, id };
}

function newKeyring(): Keyring {
  const keyring = openKeyring();
  onTestFinished(() => keyring.close());
  return keyring;
}

describe('OpenPGP on the command line', () => {
  it('makes a key for a person, lists it with what scripts rely on, and shows it by its fingerprint', async () => {
    const desk = await deskWithKey('--days', '365');
    const { certificates } = await desk.json<{ certificates: Listed[] }>('openpgp', 'list', '--person', 'ada@ridgeway.example');
    const { id: person } = await desk.json<{ id: string }>('people', 'show', 'ada@ridgeway.example');
    expect(certificates).toHaveLength(1);
    expect(certificates[0]).toMatchObject({
      id: desk.id,
      version: 4,
      fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/),
      userIds: ['Ada Lovelace <ada@ridgeway.example>'],
      subkeys: [{ fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/) }],
      personId: person,
    });
    const { createdAt = '', expiresAt = '', fingerprint = '' } = certificates[0] ?? {};
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(365 * 86_400_000);
    expect(await desk.json('openpgp', 'show', fingerprint.toUpperCase())).toMatchObject({ id: desk.id, personName: 'Ada Lovelace' });
    expect(await desk.json('openpgp', 'list', '--person', 'grace@ridgeway.example')).toEqual({ certificates: [] });
    expect((await desk.run('openpgp', 'show', desk.id)).stdout).toMatch(/([0-9A-F]{4} ){9}[0-9A-F]{4}/);
  });

  it('exports both halves and what ends the key for gpg, which signs, opens and sees the end', async () => {
    const desk = await deskWithKey('--algorithm', 'rsa3072');
    desk.put('password', 'handed-over-separately\n');
    const [publicFile, secretFile, endFile] = [desk.path('public.asc'), desk.path('secret.asc'), desk.path('end.asc')];
    await desk.json('openpgp', 'export', desk.id, '--out', publicFile);
    await desk.json('openpgp', 'export', desk.id, '--secret', '--password-file', desk.path('password'), '--out', secretFile);
    await desk.json('openpgp', 'export', desk.id, '--revocation', '--out', endFile);
    for (const file of [publicFile, secretFile, endFile]) expect(statSync(file).mode & 0o777).toBe(0o600);
    const [own, other] = [newKeyring(), newKeyring()];
    own.take(readFileSync(secretFile));
    other.take(readFileSync(publicFile));
    const letter = other.gpg(['--trust-model', 'always', '--recipient', 'ada@ridgeway.example', '--encrypt'], { input: 'for Ada' });
    const opened = own.gpg(['--decrypt'], { input: letter.stdout, password: 'handed-over-separately' });
    expect(opened.stdout.toString()).toBe('for Ada');
    other.take(readFileSync(endFile));
    expect(listedKey(other, 'pub').validity).toBe('r');
  });

  it('makes a password when none is given, and says it once on stderr', async () => {
    const desk = await deskWithKey();
    const run = await desk.run('openpgp', 'export', desk.id, '--secret', '--out', desk.path('secret.asc'), '--json');
    const password = /password \(shown once[^)]*\): (([a-z2-9]{4}-){5}[a-z2-9]{4})\n/.exec(run.stderr)?.[1] ?? '';
    expect(run.stdout).not.toContain(password);
    const keyring = newKeyring();
    keyring.take(readFileSync(desk.path('secret.asc')));
    expect(keyring.gpg(['--detach-sign'], { input: 'a letter', password }).succeeded).toBe(true);
  });

  it.each([
    [['generate', 'nobody@ridgeway.example'], 3, 'not-found'],
    [['generate', 'ada@ridgeway.example'], 3, 'conflict'],
    [['generate', 'grace@ridgeway.example', '--algorithm', 'dsa'], 2, 'input.invalid'],
    [['generate', 'grace@ridgeway.example', '--days', '0'], 2, 'input.invalid'],
    [['export', 'ffffffff', '--out', '/nonexistent'], 3, 'not-found'],
    [['export', 'ffffffff', '--secret', '--revocation', '--out', '/nonexistent'], 2, 'input.invalid'],
  ])('refuses %j with exit %d and %s', async (words, exit, code) => {
    const desk = await deskWithKey();
    const run = await desk.run('openpgp', ...words, '--json');
    expect([run.exit, (JSON.parse(run.stdout) as { error: { code: string } }).error.code]).toEqual([exit, code]);
    expect(run.stderr).toMatch(/^error: .+\nhint: .+\n$/);
  });
});
