import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createClient } from '../../main/contract/client.ts';
import { lacksReaderService } from '../services/support/reader-service.ts';
import { passphrase, secret, temporaryDirectory } from '../services/support/practice.ts';
import { deskWithCard, outcomeOf, patience, pin, puk } from './support/desk-with-card.ts';

/** A card on which an office has made a key that opens mail: Keyward makes none there without its management key. */
function cardWithOpeningKey() {
  const directory = temporaryDirectory();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  writeFileSync(join(directory, 'key.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  const certify = ['req', '-x509', '-key', 'key.pem', '-subj', '/CN=Opening', '-days', '30', '-outform', 'DER', '-out', 'certificate'];
  execFileSync('openssl', certify, { cwd: directory, stdio: 'pipe' });
  const certificate = execFileSync('cat', [join(directory, 'certificate')]);
  const length = Buffer.of(certificate.length >> 8, certificate.length & 0xff);
  // SP 800-73-4, appendix A: the certificate (70), how it is packed (71), no checksum (fe).
  const object = Buffer.concat([Buffer.of(0x70, 0x82), length, certificate, Buffer.of(0x71, 1, 0, 0xfe, 0)]);
  return {
    pin,
    puk,
    keys: { '9d': { pkcs8: pkcs8.toString('hex'), origin: 'generated' } },
    objects: { '5fc10b': object.toString('hex') },
  } as const;
}

describe.skipIf(lacksReaderService('signing in with a PIV card'))('a PIV card', () => {
  test('opens the door by its PIN, costs one try for a wrong one, and locks the window when it is pulled', async () => {
    const { practice, client, token, pullOut, list } = await deskWithCard(cardWithOpeningKey());
    const window = createClient((name, input) => practice.door.call(name, input, { connection: 'window', host: 'window' }));
    const enter = (typed: string) => outcomeOf(window.session.signInWithCard({ token, pin: secret(typed) }));
    expect(await enter(pin)).toEqual(['session.card-unknown', null]);
    expect(await client.account.addCard({ token, pin: secret(pin), passphrase: secret(passphrase) })).toEqual({ token });
    expect(await enter('593047')).toEqual(['token.pin-incorrect', null]);
    expect((await list()).map(({ tries }) => tries.pin)).toEqual([2]);
    expect(await enter(pin)).toBe('done');
    expect((await window.authorities.list({})).authorities.length).toBeGreaterThan(0);
    const ended = practice.next('session.ended', () => true);
    pullOut();
    expect(await ended).toMatchObject({ why: 'card' });
    await expect.poll(() => outcomeOf(window.people.list({})), patience).toEqual(['session.locked', null]);
  });
});
