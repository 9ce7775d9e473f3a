import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pin, softHsmModule } from '../services/support/soft-hsm-module.ts';
import { newSoftHsm } from '../services/support/soft-hsm.ts';
import { deskWithPractice, staff, type Desk } from './support/command-line.ts';

const openssl = (desk: Desk, line: string) =>
  execFileSync('openssl', line.split(' '), { cwd: desk.directory, encoding: 'utf8', stdio: 'pipe' });

interface Certificate {
  readonly id: string;
  readonly purpose: string;
  readonly keyStore: string;
}

const certificateOf = async (desk: Desk, purpose: string): Promise<string> => {
  const { certificates } = await desk.json<{ certificates: Certificate[] }>('certificate', 'list', '--person', 'ada@ridgeway.example');
  const id = certificates.find((one) => one.purpose === purpose)?.id ?? '';
  await desk.json('certificate', 'export', id, '--format', 'pem', '--out', desk.path(`${purpose}.pem`));
  await desk.json('certificate', 'export', id, '--format', 'chain', '--out', desk.path('chain.pem'));
  return id;
};

async function deskWithAda(...more: readonly string[]): Promise<Desk> {
  const desk = await deskWithPractice();
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  await desk.json('enroll', 'ada@ridgeway.example', ...more);
  desk.put('letter', 'Dear Grace,\r\n');
  return desk;
}

async function deskWithCard() {
  const token = newSoftHsm().addToken('Ada');
  const desk = await deskWithPractice({ tokenModules: [softHsmModule] });
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  const card = ['--token', token, '--pin-file', desk.put('pin', `${pin}\n`)];
  await desk.json('enroll', 'ada@ridgeway.example', '--store', `token:${token}`, '--pin-file', desk.path('pin'));
  desk.put('letter', 'Dear Grace,\r\n');
  return { desk, token, card };
}

async function refusal(desk: Desk, ...args: readonly string[]) {
  const { exit, stdout } = await desk.run(...args, '--json');
  return { exit, ...(JSON.parse(stdout) as { error: { code: string } }) };
}

const because = ['--reason', 'She asked for it'];
const verify = (desk: Desk, more = '') =>
  openssl(desk, `cms -verify -in signed -inform DER -CAfile chain.pem -purpose smimesign -binary${more}`);

describe('cms sign --signer', () => {
  it.each(['p256', 'rsa-2048'])(
    'signs with a key of %s in the vault what openssl verifies, attached and detached, and the log says why',
    async (algorithm) => {
      const desk = await deskWithAda('--algorithm', algorithm);
      const signer = await certificateOf(desk, 'sign');
      const sign = ['cms', 'sign', desk.path('letter'), '--signer', signer, ...because, '--out', desk.path('signed')];
      expect(await desk.json(...sign)).toMatchObject({ certificate: signer });
      expect(verify(desk)).toBe('Dear Grace,\r\n');
      await desk.json(...sign, '--detached');
      expect(verify(desk, ' -content letter')).toBe('Dear Grace,\r\n');
      const { entries } = await desk.json<{ entries: { action: string; subject: object; reason: string }[] }>('audit', 'list');
      expect(entries.find(({ action }) => action === 'message.sign')).toMatchObject({
        outcome: 'success',
        subject: { certificate: signer },
        reason: 'She asked for it',
      });
    },
  );

  it('signs on a card what openssl verifies, and with a wrong PIN nothing', async () => {
    const { desk, card } = await deskWithCard();
    const signer = await certificateOf(desk, 'sign');
    const sign = ['cms', 'sign', desk.path('letter'), '--signer', signer, ...because, '--out', desk.path('signed')];
    expect(await refusal(desk, ...sign)).toMatchObject({ exit: 2, error: { code: 'input.no-key-here' } });
    const [name, token = ''] = card;
    const wrong = [name ?? '', token, '--pin-file', desk.put('wrong', '99999999\n')];
    expect(await refusal(desk, ...sign, ...wrong)).toMatchObject({ exit: 5, error: { code: 'token.pin-incorrect' } });
    expect(existsSync(desk.path('signed'))).toBe(false);
    await desk.json(...sign, ...card);
    expect(verify(desk)).toBe('Dear Grace,\r\n');
  });

  it('refuses without a reason, with a certificate that does not sign, and with one that is revoked', async () => {
    const desk = await deskWithAda();
    const [signer, opener] = [await certificateOf(desk, 'sign'), await certificateOf(desk, 'encrypt')];
    const sign = (id: string, ...more: readonly string[]) => [
      'cms',
      'sign',
      desk.path('letter'),
      '--signer',
      id,
      '--out',
      desk.path('no'),
      ...more,
    ];
    expect(await refusal(desk, ...sign(signer))).toMatchObject({ exit: 2, error: { code: 'input.invalid', details: { field: 'reason' } } });
    expect(await refusal(desk, ...sign(opener, ...because))).toMatchObject({ exit: 2, error: { code: 'input.invalid' } });
    await desk.json('certificate', 'revoke', signer, '--reason', 'superseded', '--yes');
    expect(await refusal(desk, ...sign(signer, ...because))).toMatchObject({ exit: 6, error: { code: 'path.revoked' } });
    expect(existsSync(desk.path('no'))).toBe(false);
    const { stdout } = await desk.runWith(
      `${JSON.stringify({ id: 1, command: 'cms sign', file: 'x', signer, reason: 'x', out: 'y' })}\n`,
      '--jsonl',
    );
    expect(JSON.parse(stdout)).toMatchObject({ exit: 2, error: { code: 'input.invalid' } });
  });
});

describe('cms decrypt --reason', () => {
  it.each([
    ['p256', ''],
    ['rsa-2048', ''],
    ['rsa-2048', ' -keyid'],
    ['p256', ' -keyid'],
    ['rsa-2048', ' -keyopt rsa_padding_mode:oaep'],
  ])('opens what openssl encrypted to a key of %s in the vault (%s)', async (algorithm, more) => {
    const desk = await deskWithAda('--algorithm', algorithm);
    const opener = await certificateOf(desk, 'encrypt');
    openssl(
      desk,
      `cms -encrypt -aes256 -binary -in letter -outform DER -out sealed${more.includes('keyopt') ? ` -recip encrypt.pem${more}` : `${more} encrypt.pem`}`,
    );
    const opened = await desk.json('cms', 'decrypt', desk.path('sealed'), ...because, '--out', desk.path('opened'));
    expect(opened).toMatchObject({ certificate: opener, encryption: 'aes256-CBC' });
    expect(readFileSync(desk.path('opened'), 'utf8')).toBe('Dear Grace,\r\n');
    openssl(desk, `cms -encrypt -aes256 -in letter -from a@b.example -out sealed.eml${more.includes('keyid') ? more : ''} encrypt.pem`);
    expect(await desk.json('mail', 'open', desk.path('sealed.eml'), ...because, '--out', desk.path('mail'))).toMatchObject({
      certificate: opener,
    });
  });

  it('opens on a card, and so does mail open; a file for somebody else opens with nothing', async () => {
    const { desk, token, card } = await deskWithCard();
    const opener = await certificateOf(desk, 'encrypt');
    await desk.json('token', 'import', token, opener, '--pin-file', desk.path('pin'));
    openssl(desk, 'cms -encrypt -aes256 -binary -in letter -outform DER -out sealed encrypt.pem');
    await desk.json('cms', 'decrypt', desk.path('sealed'), ...because, ...card, '--out', desk.path('opened'));
    expect(readFileSync(desk.path('opened'), 'utf8')).toBe('Dear Grace,\r\n');
    openssl(desk, 'cms -encrypt -aes256 -in letter -from a@b.example -out sealed.eml encrypt.pem');
    await desk.json('mail', 'open', desk.path('sealed.eml'), ...because, ...card, '--out', desk.path('mail'));
    expect(readFileSync(desk.path('mail'), 'utf8')).toContain('Dear Grace,');
    openssl(desk, 'req -x509 -newkey rsa:2048 -nodes -keyout o.key -subj /CN=Other -out other.pem');
    openssl(desk, 'cms -encrypt -aes256 -in letter -outform DER -out other other.pem');
    for (const more of [[], card])
      expect(await refusal(desk, 'cms', 'decrypt', desk.path('other'), ...because, ...more, '--out', desk.path('no'))).toMatchObject({
        exit: 2,
        error: { code: 'input.no-key-here' },
      });
    expect(existsSync(desk.path('no'))).toBe(false);
  });
});
