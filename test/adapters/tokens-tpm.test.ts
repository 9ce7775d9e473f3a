import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addPeople, newPractice, secret } from '../services/support/practice.ts';
import { stoppedReaderService } from '../services/support/reader-service.ts';
import { impatient } from '../services/support/soft-hsm.ts';
import { startTpm, tpmModule, whyNoTpm } from '../services/support/tpm.ts';

if (whyNoTpm !== undefined) process.stderr.write(`SKIPPED: a TPM cannot be tested here: ${whyNoTpm}\n`);

const [pin, unlockCode] = ['482915', '73946105'];

/** What other programs do with it. OpenSSL's engine cannot: the driver of TPMs uses OpenSSL itself. */
const pkcs11Tool = (...args: readonly string[]): string =>
  execFileSync('pkcs11-tool', ['--module', tpmModule.library, '--token-label', 'Front desk', ...args], {
    encoding: 'utf8',
    env: { ...process.env, TPM_PIN: pin },
    stdio: 'pipe',
  });

/** The certificate on the token leads to its key. */
const idOfCertificate = (): string => /ID: +([0-9a-f]+)/.exec(pkcs11Tool('--list-objects', '--type', 'cert'))?.[1] ?? '';

test.skipIf(whyNoTpm !== undefined)(
  'a TPM is seen as one and set up; its keys of both kinds sign what openssl verifies, and what it cannot do is said before it is tried',
  async () => {
    const { directory } = await startTpm();
    const practice = await newPractice({ tokenModules: [tpmModule], tokenDeadlines: impatient, readerService: stoppedReaderService });
    const { client } = practice;
    const [person = ''] = await addPeople(practice, 1);
    const setUp = async (label: string) => client.tokens.initialize({ module: 'TPM', label, soPin: secret(unlockCode), pin: secret(pin) });
    expect(await setUp('Front desk')).toEqual({ token: 'Front desk' });
    await expect(setUp('Front desk')).rejects.toMatchObject({ code: 'conflict' });
    const [seen] = (await client.tokens.list({})).tokens;
    expect(seen).toMatchObject({
      serialNumber: 'Front desk',
      module: 'TPM',
      pin: 'fine',
      abilities: { kind: 'tpm', opens: ['rsa'], takesKeys: false, keysBy: 'pin' },
    });
    expect(seen?.algorithms).toEqual(expect.arrayContaining(['p256', 'rsa-2048']));

    const on = { person, token: 'Front desk' };
    await expect(client.tokens.generate({ ...on, pin: secret('593047') })).rejects.toMatchObject({ code: 'token.pin-incorrect' });
    const path = (name: string) => join(directory, name);
    for (const algorithm of ['rsa-2048', 'p256'] as const) {
      const { file } = await client.tokens.generate({ ...on, algorithm, pin: secret(pin) });
      writeFileSync(path('request.pem'), file.bytes);
      expect(spawnSync('openssl', ['req', '-in', path('request.pem'), '-noout', '-verify'], { encoding: 'utf8' })).toMatchObject({
        status: 0,
      });
    }

    const { certificates, unfinished } = await client.tokens.enroll({ ...on, pin: secret(pin) });
    expect(unfinished).toBeNull();
    const all = (await client.people.show({ person })).certificates.filter(({ id }) => certificates.includes(id));
    const of = (wanted: string) => all.find(({ purpose }) => purpose === wanted)?.id ?? '';
    writeFileSync(path('pem'), (await client.certificates.export({ certificate: of('sign'), format: 'pem' })).bytes);
    writeFileSync(path('letter'), 'Dear Grace,\r\n');
    writeFileSync(path('public'), execFileSync('openssl', ['x509', '-in', path('pem'), '-noout', '-pubkey']));
    const ckaId = idOfCertificate();
    const sign = ['--login', '--pin', 'env:TPM_PIN', '--id', ckaId, '--sign', '-m', 'ECDSA-SHA256', '--signature-format', 'openssl'];
    pkcs11Tool(...sign, '--input-file', path('letter'), '--output-file', path('signature'));
    const verify = ['dgst', '-sha256', '-verify', path('public'), '-signature', path('signature'), path('letter')];
    expect(spawnSync('openssl', verify, { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: 'Verified OK\n' });

    const put = client.tokens.import({ certificate: of('encrypt'), token: 'Front desk', pin: secret('593047') });
    await expect(put).rejects.toMatchObject({ code: 'token.mechanism-unsupported', details: { algorithm: 'p256', offered: ['rsa'] } });
    await client.certificates.revoke({ certificates: [of('sign')], reason: 'superseded' });
    const wipe = client.tokens.wipe({ token: 'Front desk', unlockCode: secret(unlockCode) });
    await expect(wipe).rejects.toMatchObject({ code: 'token.unsupported' });
  },
);
