import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newCardMaker, type PivAttestor } from '../adapters/fixtures/piv-attestation.ts';
import type { PivCardState } from '../adapters/fixtures/piv-card.ts';
import { yubiKeyModule } from '../services/support/piv-modules.ts';
import { file, newPractice, secret, temporaryDirectory } from '../services/support/practice.ts';
import { lacksReaderService, newReaderDesk, type ReaderDesk, type ReaderServiceHere } from '../services/support/reader-service.ts';
import { impatient } from '../services/support/soft-hsm.ts';
import { outcomeOf, patience, pin } from './support/desk-with-card.ts';

const [maker, impostor, stranger] = [newCardMaker(), newCardMaker(), newCardMaker('Another Maker')];

/** An encoded certificate as a file. */
function written(der: Uint8Array | string): string {
  const file = join(temporaryDirectory(), 'certificate.pem');
  const octets = typeof der === 'string' ? Buffer.from(der, 'hex') : Buffer.from(der);
  writeFileSync(file, `-----BEGIN CERTIFICATE-----\n${octets.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`);
  return file;
}

describe.skipIf(lacksReaderService('what a PIV card attests'))('what a PIV card attests', () => {
  let desk: ReaderDesk;
  let service: ReaderServiceHere;
  const ends: (() => void)[] = [];

  beforeAll(() => {
    desk = newReaderDesk((end) => ends.push(end));
    service = desk.start('two');
  });

  afterAll(() => ends.forEach((end) => end()));

  /** A practice with a card of that maker, or of none, that makes a signing key for its one person. */
  async function enrolled(attestor: PivAttestor | undefined, differing: Partial<PivCardState> = {}) {
    const practice = await newPractice({
      tokenModules: [yubiKeyModule],
      tokenDeadlines: impatient,
      attestationIssuers: [maker.certificate],
    });
    const { client } = practice;
    const { person } = await client.people.add({ name: 'Ada Lovelace', emails: ['ada@ridgeway.example'] });
    const card = desk.newCard({ pin, attestor, ...differing });
    onTestFinished(service.insert(card));
    const list = async () => (await client.tokens.list({})).tokens.map(({ serialNumber }) => serialNumber);
    await expect.poll(list, patience).toEqual([String(card.read().serial)]);
    const enrol = async () => client.tokens.enroll({ person, token: String(card.read().serial), pin: secret(pin) });
    const signing = async () => {
      const { certificates } = await client.certificates.list({ person });
      const found = certificates.find(({ purpose }) => purpose === 'sign');
      return found === undefined ? undefined : client.certificates.show({ certificate: found.id });
    };
    return { ...practice, card, enrol, signing };
  }

  test('of a key it has made is verified, kept as evidence that openssl verifies, and shown with the certificate', async () => {
    const { client, directory, card, enrol, signing } = await enrolled(maker.attestorOf(), { serial: 11_223_344 });
    await enrol();
    const shown = await signing();
    expect(shown?.attestation).toEqual({
      state: 'verified',
      firmware: '5.4.3',
      serialNumber: 11_223_344,
      pinPolicy: 'always',
      touchPolicy: 'never',
      formFactor: 'USB-C keychain',
    });
    const database = new DatabaseSync(join(directory, 'keyward.db'));
    const read = database.prepare('select * from keyAttestation where keyId = ?').get(shown?.keyId ?? '');
    const [statement, device] = [read?.['statement'] as Uint8Array, read?.['device'] as Uint8Array];
    const chain = ['-CAfile', written(maker.certificate), '-untrusted', written(device), written(statement)];
    expect(execFileSync('openssl', ['verify', ...chain], { encoding: 'utf8' })).toMatch(/: OK\n$/);
    const key = execFileSync('openssl', ['x509', '-in', written(statement), '-noout', '-pubkey'], { encoding: 'utf8' });
    const own = Buffer.from((await client.certificates.export({ certificate: shown?.id ?? '', format: 'pem' })).bytes);
    const issued = join(temporaryDirectory(), 'issued.pem');
    writeFileSync(issued, own);
    expect(execFileSync('openssl', ['x509', '-in', issued, '-noout', '-pubkey'], { encoding: 'utf8' })).toBe(key);
    const { entries } = await client.audit.list({ actions: ['enrollment.issue'] });
    expect(entries[0]?.subject).toMatchObject({ token: String(card.read().serial), attestation: 'verified' });
    database.prepare('update keyAttestation set device = ?').run(Buffer.from(impostor.attestorOf().certificate, 'hex'));
    database.close();
    expect((await signing())?.attestation).toEqual({ state: 'false' });
  });

  test('is told as not offered by a card that says nothing', async () => {
    const without = await enrolled(undefined);
    await without.enrol();
    expect((await without.signing())?.attestation).toEqual({ state: 'not-offered' });
    const { entries } = await without.client.audit.list({ actions: ['enrollment.issue'] });
    expect(entries[0]?.subject).toMatchObject({ attestation: 'not-offered' });
  });

  test('by a maker nobody knows is kept and never told as verified', async () => {
    const unknown = await enrolled(stranger.attestorOf());
    await unknown.enrol();
    expect((await unknown.signing())?.attestation).toEqual({ state: 'unknown-maker' });
    const { client } = unknown;
    const shown = async () => (await client.tokens.list({})).tokens[0]?.attestations.map(({ attestation }) => attestation.state);
    expect(await shown()).toEqual(['unknown-maker']);
    const issuer = file('maker.der', stranger.certificate);
    const read = async () => (await client.tokens.readAttestationIssuers({ file: issuer })).issuers;
    expect(await read()).toMatchObject([{ subject: 'CN=Another Maker', isKnown: false }]);
    expect(await shown()).toEqual(['unknown-maker']);
    const { added } = await client.tokens.addAttestationIssuers({ file: issuer });
    expect(await read()).toMatchObject([{ sha256: added[0]?.sha256, isKnown: true }]);
    expect([added.length, await shown(), (await unknown.signing())?.attestation?.state]).toEqual([1, ['verified'], 'verified']);
    expect(await outcomeOf(client.tokens.addAttestationIssuers({ file: issuer }))).toEqual(['conflict', null]);
    const leaf = file(
      'leaf.pem',
      (await client.certificates.export({ certificate: (await unknown.signing())?.id ?? '', format: 'pem' })).bytes,
    );
    expect(await outcomeOf(client.tokens.addAttestationIssuers({ file: leaf }))).toEqual(['input.invalid', null]);
    expect(await outcomeOf(client.tokens.readAttestationIssuers({ file: leaf }))).toEqual(['input.invalid', null]);
    const sha256 = added[0]?.sha256 ?? '';
    expect((await client.tokens.attestationIssuers({})).issuers.filter(({ isBuiltIn }) => !isBuiltIn)).toMatchObject([{ sha256 }]);
    await client.tokens.removeAttestationIssuer({ sha256 });
    expect(await shown()).toEqual(['unknown-maker']);
    expect(await outcomeOf(client.tokens.removeAttestationIssuer({ sha256 }))).toEqual(['not-found', null]);
  });

  test.each([
    ['by somebody in the name of its maker', { attestor: impostor.attestorOf() }],
    ['by a key that is not the certified one', { attestor: { ...maker.attestorOf(), pkcs8: maker.attestorOf().pkcs8 } }],
  ])('%s is refused, nothing is issued, and the log says so', async (_, { attestor }) => {
    const { client, enrol, signing } = await enrolled(attestor);
    expect(await outcomeOf(enrol())).toEqual(['token.attestation-false', null]);
    expect(await signing()).toBeUndefined();
    const { entries } = await client.audit.list({ actions: ['token.enroll'] });
    expect(entries[0]).toMatchObject({ outcome: 'failed', error: 'token.attestation-false' });
  });
});
