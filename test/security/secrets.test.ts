import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decryptKey, readPrivateKey } from 'openpgp';
import { expect, it, onTestFinished } from 'vitest';

const keyward = fileURLToPath(new URL('../../keyward', import.meta.url));
const passphrase = 'Zq7-never-written-anywhere-9x';
const password = 'kp-export-password-4471';

/** What somebody may have left in the environment to make programs talk or load foreign code. */
const hostile = {
  ...process.env,
  DEBUG: '*',
  PWDEBUG: '1',
  NODE_DEBUG: 'crypto,stream,net,fs',
  NODE_OPTIONS: '--require=/nonexistent/foreign-code.cjs',
  NODE_PATH: '/nonexistent',
  SSLKEYLOGFILE: join(tmpdir(), 'keyward-must-not-appear.log'),
};

/** The secret numbers of a protected OpenPGP key, primary key and subkey. */
async function secretNumbers(armoredKey: string): Promise<Buffer<ArrayBuffer>[]> {
  const key = await decryptKey({ privateKey: await readPrivateKey({ armoredKey }), passphrase: password });
  const packets = [key.keyPacket, ...key.subkeys.map(({ keyPacket }) => keyPacket)];
  return packets.flatMap((packet) =>
    'privateParams' in packet
      ? Object.values<unknown>({ ...packet.privateParams }).flatMap((value) => (value instanceof Uint8Array ? [Buffer.from(value)] : []))
      : [],
  );
}

function everyFile(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

it(
  'leaves no passphrase, recovery code or private key in the workspace, its log or what is printed, in a hostile environment',
  { timeout: 300_000 },
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'keyward-secrets-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const at = (name: string) => join(directory, name);
    for (const [name, content] of [
      ['passphrase', passphrase],
      ['password', password],
      ['wrong', 'wrong-guess-5521'],
    ] as const)
      writeFileSync(at(name), `${content}\n`, { mode: 0o600 });
    writeFileSync(at('staff.csv'), 'name,email\nAda Lovelace,ada@ridgeway.example\n');
    let printed = '';
    const run = (passphraseFile: string, ...args: string[]): string => {
      const { stdout, stderr } = spawnSync(keyward, ['--workspace', at('workspace'), '--passphrase-file', at(passphraseFile), ...args], {
        env: hostile,
        encoding: 'utf8',
      });
      printed += stdout + stderr;
      return stdout;
    };
    run('passphrase', 'init', '--root-algorithm', 'p256', '--algorithm', 'p256', '--recovery-code-file', at('code'));
    run('passphrase', 'enroll', '--csv', at('staff.csv'));
    run('wrong', 'people', 'list');
    const { certificates } = JSON.parse(run('passphrase', 'certificate', 'list', '--search', 'ada', '--json')) as {
      certificates: { id: string }[];
    };
    const scalars = certificates.map(({ id }) => {
      run('passphrase', 'certificate', 'export', id, '--format', 'pkcs8', '--password-file', at('password'), '--out', at('key.pem'));
      const { d } = createPrivateKey({ key: readFileSync(at('key.pem')), passphrase: password }).export({ format: 'jwk' });
      return Buffer.from(d ?? '', 'base64url');
    });
    run('passphrase', 'openpgp', 'generate', 'ada@ridgeway.example');
    const { certificates: keys } = JSON.parse(run('passphrase', 'openpgp', 'list', '--json')) as { certificates: { id: string }[] };
    const openPgp = keys[0]?.id ?? '';
    run('passphrase', 'openpgp', 'export', openPgp, '--secret', '--password-file', at('password'), '--out', at('openpgp.asc'));
    scalars.push(...(await secretNumbers(readFileSync(at('openpgp.asc'), 'utf8'))));
    expect(scalars).toHaveLength(4);

    const code = readFileSync(at('code'), 'utf8').trim();
    const needles = [passphrase, password, 'wrong-guess-5521', code, code.replaceAll('-', '')].map((text) => Buffer.from(text));
    const forms = [
      ...needles,
      ...scalars,
      ...[...needles, ...scalars].flatMap((octets) => [
        Buffer.from(octets.toString('base64').replace(/=+$/, '')),
        Buffer.from(octets.toString('hex')),
      ]),
    ];
    const files = everyFile(at('workspace'));
    expect(files.length).toBeGreaterThan(0);
    for (const content of [Buffer.from(printed), ...files.map((file) => readFileSync(file))]) {
      for (const form of forms) expect(content.includes(form)).toBe(false);
    }
    for (const file of files) expect(statSync(file).mode & 0o077, file).toBe(0);
    expect(statSync(at('workspace')).mode & 0o077).toBe(0);
    expect(existsSync(hostile.SSLKEYLOGFILE)).toBe(false);
  },
);

it('gives the process list nothing: no command takes a secret as an argument', () => {
  const help = execFileSync(keyward, ['--help'], { encoding: 'utf8' });
  expect(help).not.toMatch(/--(passphrase|password|pin|recovery-code)[ =]/);
  const refused = spawnSync(keyward, ['people', 'list', '--passphrase', passphrase], { encoding: 'utf8' });
  expect(refused.status).toBe(2);
  expect(refused.stderr + refused.stdout).not.toContain(passphrase);
});
