import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Desk, Run } from '../cli/support/command-line.ts';
import { yubiKeyModule } from '../services/support/piv-modules.ts';
import { lacksReaderService } from '../services/support/reader-service.ts';
import { commandLineWithCard } from './support/command-line-with-card.ts';
import { pin } from './support/desk-with-card.ts';

const factoryManagementKey = '010203040506070801020304050607080102030405060708';
const ada = 'ada@ridgeway.example';

interface Listed {
  readonly id: string;
  readonly purpose: string;
  readonly isCurrent: boolean;
}

const certificatesOf = async (desk: Desk) =>
  (await desk.json<{ certificates: Listed[] }>('certificate', 'list', '--person', ada)).certificates;
const codeOf = ({ stdout }: Run) => (JSON.parse(stdout) as { error: { code: string } }).error.code;

/** DER of the certificate in a data object of the card. */
const certificateIn = (object: string | undefined): Buffer => {
  const octets = Buffer.from(object ?? '', 'hex');
  return octets.subarray(4, 4 + octets.readUInt16BE(2));
};

async function exported(desk: Desk, id: string, format: 'pem' | 'der' | 'chain'): Promise<string> {
  const out = desk.path(`${id}.${format}`);
  await desk.json('certificate', 'export', id, '--format', format, '--out', out);
  return out;
}

describe.skipIf(lacksReaderService('enrolment on a PIV card'))('on a PIV card', () => {
  test('a key is born at 9C by a management key of its own, openssl verifies what pkcs11-tool signs with it, and its place is not given away', async () => {
    const { desk, card, token, withPin } = await commandLineWithCard();
    const made = await desk.json<{ certificates: string[] }>('enroll', ada, '--store', `token:${token}`, ...withPin);
    expect(made).toMatchObject({ state: 'done', done: 1, token });
    const state = card.read();
    expect(Object.entries(state.keys).map(([place, { origin }]) => [place, origin])).toEqual([['9c', 'generated']]);
    expect([state.managementKey === factoryManagementKey, state.puk === '12345678', state.pinTries]).toEqual([false, false, 3]);

    const signing = (await certificatesOf(desk)).find(({ purpose }) => purpose === 'sign')?.id ?? '';
    expect(certificateIn(state.objects['5fc10a']).equals(readFileSync(await exported(desk, signing, 'der')))).toBe(true);
    const [letter, raw] = [desk.put('letter.txt', 'Dear Grace,\r\n'), desk.path('raw')];
    const sign = ['--module', yubiKeyModule.library, '--login', '--pin', 'env:CARD_PIN', '--id', '02', '--sign', '-m', 'ECDSA-SHA256'];
    const env = { ...process.env, CARD_PIN: pin };
    execFileSync('pkcs11-tool', [...sign, '--signature-format', 'openssl', '-i', letter, '-o', raw], { env, stdio: 'pipe' });
    const key = desk.put('key.pem', execFileSync('openssl', ['x509', '-in', await exported(desk, signing, 'pem'), '-noout', '-pubkey']));
    const verify = (file: string) =>
      spawnSync('openssl', ['dgst', '-sha256', '-verify', key, '-signature', raw, file], { encoding: 'utf8' });
    expect([verify(letter).stdout, verify(desk.put('other.txt', 'Dear Ada')).status]).toEqual(['Verified OK\n', 1]);

    expect(await desk.json('token', 'show', token)).toMatchObject({
      personName: 'Ada Lovelace',
      isManagementKeyKept: true,
      isManagementKeyFactory: false,
      isUnlockCodeKept: true,
      certificates: [{ id: signing, keyStore: 'token' }],
    });
    const log = await desk.run('audit', 'list', '--json');
    expect(log.stdout).not.toContain(state.managementKey);

    const out = desk.path('request.pem');
    await desk.json('token', 'generate', token, ada, ...withPin, '--out', out);
    const read = spawnSync('openssl', ['req', '-in', out, '-verify', '-noout', '-text'], { encoding: 'utf8' });
    expect(read.stdout + read.stderr).toMatch(/verify OK/);
    expect(Object.keys(card.read().keys).toSorted()).toEqual(['9a', '9c']);
    const third = await desk.run('token', 'generate', token, 'grace@ridgeway.example', ...withPin, '--out', desk.path('third'), '--json');
    expect([third.exit, codeOf(third)]).toEqual([5, 'token.full']);
    expect(Object.keys(card.read().keys).toSorted()).toEqual(['9a', '9c']);
  });

  test('the key that opens mail now is at 9D, older ones at 82 and on, and what openssl encrypts to each the card opens', async () => {
    const { desk, card, token, withPin } = await commandLineWithCard();
    const store = ['--store', `token:${token}`];
    await desk.json('enroll', ada, '--algorithm', 'rsa-2048', '--profile', 'smime-mailbox-multipurpose', ...store, ...withPin);
    const opening = async () => (await certificatesOf(desk)).filter(({ purpose }) => purpose === 'encrypt');
    const [first = { id: '' }] = await opening();
    await desk.json('token', 'import', token, first.id, ...withPin);
    expect(Object.entries(card.read().keys).map(([place, { origin }]) => [place, origin])).toEqual([
      ['9c', 'generated'],
      ['9d', 'imported'],
    ]);
    const before = card.read().keys['9d']?.pkcs8;
    await desk.json('certificate', 'revoke', first.id, '--reason', 'superseded');
    await desk.json('enroll', ada, '--algorithm', 'rsa-2048', '--store', 'vault', '--profile', 'smime-mailbox-multipurpose-encrypt');
    const second = (await opening()).find(({ isCurrent, id }) => isCurrent && id !== first.id)?.id ?? '';
    await desk.json('token', 'import', token, second, ...withPin);
    const { keys, objects } = card.read();
    expect([Object.keys(keys).toSorted(), keys['82']?.pkcs8 === before, keys['9d']?.pkcs8 === before]).toEqual([
      ['82', '9c', '9d'],
      true,
      false,
    ]);
    for (const [id, place, object] of [
      [first.id, '05', '5fc10d'],
      [second, '03', '5fc10b'],
    ] as const) {
      expect(certificateIn(objects[object]).equals(readFileSync(await exported(desk, id, 'der')))).toBe(true);
      const [plain, sealed, opened] = [desk.put('plain', `to Ada at ${place}`), desk.path('sealed'), desk.path('opened')];
      const own = await exported(desk, id, 'pem');
      execFileSync('openssl', ['pkeyutl', '-encrypt', '-certin', '-inkey', own, '-in', plain, '-out', sealed], { stdio: 'pipe' });
      const decrypt = ['--module', yubiKeyModule.library, '--login', '--pin', 'env:CARD_PIN', '--id', place, '--decrypt', '-m', 'RSA-PKCS'];
      execFileSync('pkcs11-tool', [...decrypt, '-i', sealed, '-o', opened], { env: { ...process.env, CARD_PIN: pin }, stdio: 'pipe' });
      expect(readFileSync(opened, 'utf8')).toBe(`to Ada at ${place}`);
    }
  });

  test('nothing is made where the card has a management key that is not ours, until it is given with the command', async () => {
    const { desk, card, token, withPin } = await commandLineWithCard({ managementKey: 'ab'.repeat(24) });
    const enroll = async (...pinOption: readonly string[]) => desk.run('enroll', ada, '--store', `token:${token}`, ...pinOption, '--json');
    const unknown = await enroll(...withPin);
    expect([unknown.exit, codeOf(unknown)]).toEqual([5, 'token.management-key-unknown']);
    const by = (key: string) => ['--management-key-file', desk.put('key', `${key}\n`)];
    const other = await enroll(...withPin, ...by('cd'.repeat(24)));
    expect([other.exit, codeOf(other)]).toEqual([5, 'token.management-key-unknown']);
    const none = await enroll(...withPin, ...by('abc'));
    expect([none.exit, codeOf(none)]).toEqual([2, 'input.invalid']);
    expect([card.read().keys, card.read().objects]).toEqual([{}, {}]);
    const known = await enroll(...withPin, ...by('AB'.repeat(24)));
    expect([known.exit, Object.keys(card.read().keys), card.read().managementKey]).toEqual([0, ['9c'], 'ab'.repeat(24)]);
    expect(JSON.stringify(await desk.json('audit', 'list'))).not.toMatch(/(ab){24}/i);
  });

  test('nothing is made where the card has the management key of the factory, and the PIN is wrong', async () => {
    const { desk, card, token } = await commandLineWithCard();
    const enroll = async (...pinOption: readonly string[]) => desk.run('enroll', ada, '--store', `token:${token}`, ...pinOption, '--json');
    const wrong = await enroll('--pin-file', desk.put('wrong', '111222\n'));
    expect([wrong.exit, codeOf(wrong), card.read().pinTries]).toEqual([5, 'token.pin-incorrect', 2]);
  });
});
