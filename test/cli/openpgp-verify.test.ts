import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { createCleartextMessage, createMessage, encrypt, generateKey, readKey, sign, type PrivateKey } from 'openpgp';
import { AppError } from '../../main/domain/errors.ts';
import { openPgpJs } from '../../main/adapters/openpgp/openpgp-js.ts';
import { openKeyring, type Keyring } from '../gnupg/keyring.ts';
import { newDesk, type Desk } from './support/command-line.ts';

interface Verdict {
  readonly valid: boolean;
  readonly signers: readonly { readonly status: string; readonly fingerprint: string | null; readonly userIds: readonly string[] }[];
  readonly hasUnsignedText: boolean;
}

const text = 'Potassium 5.9 mmol/l\n- repeat in the morning  \nFrom the laboratory\n';

/** GnuPG with keys of its own, for the whole file. */
const state: { keyring?: Keyring } = {};
const gnupg = (): Keyring => {
  if (state.keyring === undefined) throw new Error('no keyring');
  return state.keyring;
};

function gpg(args: readonly string[], input: string | Uint8Array = text): Buffer {
  const { succeeded, stdout, stderr } = gnupg().gpg(
    ['--yes', '--trust-model', 'always', '--passphrase', '', '--pinentry-mode', 'loopback', ...args],
    { input },
  );
  if (!succeeded) throw new Error(`gpg ${args.join(' ')}: ${stderr}`);
  return stdout;
}

const made: Record<string, { certificate: Buffer; fingerprint: string }> = {};
const certificateOf = (who: string): Buffer => made[who]?.certificate ?? Buffer.of();

/** A primary key that certifies and signs, and a subkey to encrypt to, as old as `at` says. */
function make(who: string, algorithm: string, expiry: string, at?: string): void {
  const then = at === undefined ? [] : ['--faked-system-time', at];
  gpg([...then, '--quick-generate-key', `${who} <${who}@clinic.example>`, algorithm, 'cert,sign', expiry]);
  const fingerprint =
    gnupg()
      .records('--list-keys', `${who}@clinic.example`)
      .find(([type]) => type === 'fpr')?.[9] ?? '';
  gpg([...then, '--quick-add-key', fingerprint, algorithm === 'ed25519' ? 'cv25519' : algorithm, 'encrypt', expiry]);
  made[who] = { certificate: gpg(['--armor', '--export', fingerprint]), fingerprint: fingerprint.toLowerCase() };
}

const signedBy = (who: string, how: string, ...more: readonly string[]): Buffer =>
  gpg([...more, '--local-user', `${who}@clinic.example`, how]);

async function verify(file: string | Uint8Array, certificates: readonly (string | Uint8Array)[], signature?: Uint8Array) {
  const desk = newDesk();
  const known = certificates.flatMap((certificate, at) => ['--certificates', desk.put(`certificate-${at}`, certificate)]);
  const detached = signature === undefined ? [] : ['--signature', desk.put('signature', signature)];
  const { exit, stdout } = await desk.run('openpgp', 'verify', desk.put('file', file), ...detached, ...known, '--json');
  const answer = JSON.parse(stdout) as Verdict & { error?: { code: string } };
  return { exit, valid: answer.valid, statuses: answer.signers?.map(({ status }) => status), code: answer.error?.code, answer };
}

/** What gpg says of a signed file, or of a file and its signature. */
function byGpg(file: Uint8Array, signature?: Uint8Array): boolean {
  const [filePath, signaturePath] = [gnupg().path('file'), gnupg().path('signature')];
  writeFileSync(filePath, file);
  if (signature !== undefined) writeFileSync(signaturePath, signature);
  return gnupg().gpg(['--verify', ...(signature === undefined ? [] : [signaturePath]), filePath]).succeeded;
}

beforeAll(() => {
  state.keyring = openKeyring();
  make('ada', 'ed25519', '2y');
  make('rosalind', 'rsa3072', '2y');
  make('emmy', 'ed25519', '2020-06-01', '20200101T000000!');
  make('rue', 'ed25519', '2y');
});
afterAll(() => state.keyring?.close());

describe('keyward openpgp verify of what gpg signed', () => {
  it.each(['ada', 'rosalind'])('holds detached, inline and cleartext, armored or not, by %s', async (who) => {
    const known = [certificateOf(who)];
    for (const armor of [['--armor'], []]) {
      const good = await verify(text, known, signedBy(who, '--detach-sign', ...armor));
      expect([good.exit, good.valid]).toEqual([0, true]);
      expect(good.answer.signers).toMatchObject([
        { status: 'valid', fingerprint: made[who]?.fingerprint, userIds: [`${who} <${who}@clinic.example>`] },
      ]);
      expect((await verify(signedBy(who, '--sign', ...armor), known)).exit).toBe(0);
    }
    expect((await verify(signedBy(who, '--clearsign'), known)).exit).toBe(0);
    expect((await verify(text, known, signedBy(who, '--detach-sign', '--textmode'))).exit).toBe(0);
  });

  it('knows nobody by the wrong certificate', async () => {
    const known = [certificateOf('rosalind')];
    for (const { exit, valid, statuses } of [
      await verify(text, known, signedBy('ada', '--detach-sign')),
      await verify(signedBy('ada', '--sign'), known),
      await verify(signedBy('ada', '--clearsign'), known),
    ])
      expect([exit, valid, statuses]).toEqual([1, false, ['unknown-key']]);
  });

  it('does not hold unless every signature does', async () => {
    const both = gpg(['--local-user', 'ada@clinic.example', '--local-user', 'rosalind@clinic.example', '--detach-sign']);
    expect((await verify(text, [certificateOf('ada'), certificateOf('rosalind')], both)).exit).toBe(0);
    const half = await verify(text, [certificateOf('ada')], both);
    expect([half.exit, [...(half.statuses ?? [])].toSorted((a, b) => a.localeCompare(b))]).toEqual([1, ['unknown-key', 'valid']]);
  });

  it('does not hold over other content, with another signature, or with text around', async () => {
    const known = [certificateOf('ada')];
    expect((await verify(`${text} `, known, signedBy('ada', '--detach-sign'))).statuses).toEqual(['does-not-hold']);
    const cleartext = signedBy('ada', '--clearsign').toString();
    expect((await verify(cleartext.replace('5.9', '4.9'), known)).statuses).toEqual(['does-not-hold']);
    const around = await verify(`Potassium 4.1 mmol/l\n\n${cleartext}`, known);
    expect([around.exit, around.valid, around.statuses, around.answer.hasUnsignedText]).toEqual([1, false, ['valid'], true]);
    expect((await verify(`${cleartext}\nBut see above.\n`, known)).exit).toBe(1);
  });

  it('never holds with a bit changed in any octet of what is signed or of a signature, but where nothing is signed', async () => {
    const certificates = [certificateOf('ada')];
    const codeOf = async (order: { file: Uint8Array; signature?: Uint8Array }): Promise<string> =>
      openPgpJs.verify({ ...order, certificates, now: new Date() }).then(
        ({ valid }) => (valid ? 'valid' : 'not valid'),
        (error: unknown) => (error instanceof AppError ? error.code : 'unforeseen'),
      );
    const mutants = async (octets: Buffer, orderOf: (mutant: Uint8Array) => Parameters<typeof codeOf>[0]) => {
      const all = [];
      for (const [at, octet] of octets.entries()) {
        const mutant = octets.with(at, octet ^ (1 << (at % 8)));
        all.push({ at, mutant, code: await codeOf(orderOf(mutant)) });
      }
      expect(all.filter(({ code }) => !['valid', 'not valid', 'input.malformed-openpgp'].includes(code))).toEqual([]);
      return all.filter(({ code }) => code === 'valid');
    };
    const file = Buffer.from(text);
    const detached = signedBy('ada', '--detach-sign');
    expect(await codeOf({ file, signature: detached })).toBe('valid');
    const holding = await mutants(detached, (signature) => ({ file, signature }));
    expect(holding.filter(({ mutant }) => !byGpg(file, mutant))).toEqual([]);
    for (const signed of [signedBy('ada', '--clearsign'), signedBy('ada', '--sign', '--compress-algo', 'none')]) {
      expect(await codeOf({ file: signed })).toBe('valid');
      // What holds all the same has lost a checksum or a hint beside the signature, and nothing of what is signed.
      const [from, to] = [signed.indexOf('Potassium'), signed.indexOf('laboratory') + 'laboratory'.length];
      const beside = await mutants(signed, (mutant) => ({ file: mutant }));
      expect(beside.filter(({ at }) => at >= from && at < to)).toEqual([]);
    }
  });

  it('does not hold for SHA-1, an expired key, a revoked key, and an expired signature', async () => {
    const sha1 = signedBy('rosalind', '--detach-sign', '--digest-algo', 'SHA1', '--weak-digest', 'MD5');
    expect((await verify(text, [certificateOf('rosalind')], sha1)).statuses).toEqual(['weak-digest']);
    const old = signedBy('emmy', '--detach-sign', '--faked-system-time', '20200201T000000!');
    expect((await verify(text, [certificateOf('emmy')], old)).statuses).toEqual(['key-expired']);
    const late = signedBy('ada', '--detach-sign', '--default-sig-expire', 'seconds=1');
    await expect.poll(async () => (await verify(text, [certificateOf('ada')], late)).statuses, { timeout: 20_000 }).toEqual(['expired']);
    const [before, signature] = [certificateOf('rue'), signedBy('rue', '--detach-sign')];
    expect((await verify(text, [before], signature)).exit).toBe(0);
    const revocation = gnupg().path(`openpgp-revocs.d/${made['rue']?.fingerprint.toUpperCase()}.rev`);
    gnupg().take(readFileSync(revocation, 'utf8').replace(':-----', '-----'));
    const after = gpg(['--armor', '--export', 'rue@clinic.example']);
    for (const known of [[after], [before, after], [after, before]])
      expect((await verify(text, known, signature)).statuses).toEqual(['key-revoked']);
  });

  it('answers 2 for what is no OpenPGP, and for a missing certificate', async () => {
    const desk = newDesk();
    expect(await verify('nothing', [certificateOf('ada')])).toMatchObject({ exit: 2, code: 'input.malformed-openpgp' });
    expect(await verify(text, ['nothing'], signedBy('ada', '--detach-sign'))).toMatchObject({ exit: 2, code: 'input.malformed-openpgp' });
    expect((await desk.run('openpgp', 'verify', desk.put('file', text), '--json')).exit).toBe(2);
  });
});

describe('keyward openpgp decrypt of what gpg encrypted', () => {
  const secretOf = (who: string): Buffer => gpg(['--armor', '--export-secret-keys', `${who}@clinic.example`]);
  const open = async (desk: Desk, message: Uint8Array, key: Uint8Array, ...more: readonly string[]) => {
    const { exit, stdout } = await desk.run(
      'openpgp',
      'decrypt',
      desk.put('message', message),
      '--key',
      desk.put('key', key),
      '--out',
      desk.path('out'),
      ...more,
      '--json',
    );
    return { exit, answer: JSON.parse(stdout) as Verdict & { error?: { code: string } } };
  };

  it('opens it and says who signed it', async () => {
    for (const who of ['ada', 'rosalind']) {
      const desk = newDesk();
      const message = gpg(['--recipient', `${who}@clinic.example`, '--local-user', 'ada@clinic.example', '--sign', '--encrypt']);
      const known = ['--certificates', desk.put('certificate', certificateOf('ada'))];
      const { exit, answer } = await open(desk, message, secretOf(who), ...known);
      expect([exit, answer.valid, answer.signers.map(({ status }) => status)]).toEqual([0, true, ['valid']]);
      expect(readFileSync(desk.path('out'), 'utf8')).toBe(text);
      const stranger = await open(desk, message, secretOf(who), '--certificates', desk.put('other', certificateOf('rosalind')));
      expect([stranger.exit, stranger.answer.valid]).toEqual([1, false]);
      const unasked = await open(desk, message, secretOf(who));
      expect([unasked.exit, unasked.answer.valid]).toEqual([0, false]);
    }
  });

  it('refuses another key, a changed message and one without integrity protection in the same words', async () => {
    const desk = newDesk();
    const message = gpg(['--recipient', 'ada@clinic.example', '--encrypt']);
    const key = secretOf('ada');
    const bare = gpg(['--recipient', 'ada@clinic.example', '--rfc2440', '--disable-mdc', '--cipher-algo', '3DES', '--encrypt']);
    const changed = message.with(message.length - 5, (message.at(-5) ?? 0) ^ 1);
    const answers = [await open(desk, message, secretOf('rosalind')), await open(desk, changed, key), await open(desk, bare, key)];
    const errors = answers.map(({ exit, answer }) => [exit, answer.error]);
    expect(new Set(errors.map((error) => JSON.stringify(error).replace(/"traceId":"[^"]*"/, ''))).size).toBe(1);
    expect(errors[0]).toEqual([2, expect.objectContaining({ code: 'input.not-decryptable' })]);
    expect(desk.path('out')).not.toSatisfy((path: string) => gnupg().gpg(['--list-packets', path]).succeeded);
  });
});

describe('what OpenPGP.js signed and encrypted under a password', () => {
  it('opens with the password from a file and not with another, which is never repeated', async () => {
    const desk = newDesk();
    const { privateKey, publicKey } = await generateKey({
      userIDs: [{ email: 'grace@clinic.example' }],
      passphrase: 'open sesame',
      format: 'armored',
    });
    const message: string = await encrypt({
      message: await createMessage({ text }),
      encryptionKeys: await readKey({ armoredKey: publicKey }),
    });
    const args = ['openpgp', 'decrypt', desk.put('message', message), '--key', desk.put('key', privateKey), '--out', desk.path('out')];
    expect(await desk.json(...args, '--password-file', desk.put('password', 'open sesame\n'))).toEqual({
      valid: false,
      signers: [],
      hasUnsignedText: false,
      size: text.length,
    });
    for (const wrong of [['--password-file', desk.put('wrong', 'mallory-was-here')], []]) {
      const run = await desk.run(...args, ...wrong, '--json');
      expect([run.exit, (JSON.parse(run.stdout) as { error: { code: string } }).error.code]).toEqual([2, 'input.wrong-password']);
      expect(run.stdout + run.stderr).not.toContain('mallory');
    }
  });

  it('holds for gpg as for Keyward, in all three forms', async () => {
    const { privateKey, publicKey } = (await generateKey({
      userIDs: [{ email: 'grace@clinic.example' }],
      format: 'object',
    })) as unknown as { privateKey: PrivateKey; publicKey: { armor(): string } };
    const known = publicKey.armor();
    gnupg().take(known);
    const cleartext: string = await sign({ message: await createCleartextMessage({ text }), signingKeys: privateKey });
    const inline: string = await sign({ message: await createMessage({ text }), signingKeys: privateKey });
    for (const signed of [cleartext, inline]) {
      expect((await verify(signed, [known])).exit).toBe(0);
      expect(gnupg().gpg(['--verify'], { input: signed }).succeeded).toBe(true);
    }
  });
});
