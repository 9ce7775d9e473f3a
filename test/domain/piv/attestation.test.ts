import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { nodePrimitives } from '../../../main/adapters/primitives/node.ts';
import { verifyAttestation, type Attestation, type KeyToAttest } from '../../../main/domain/piv/attestation.ts';
import { slotOfPlace } from '../../../main/domain/piv/key-places.ts';
import { yubicoAttestationIssuers } from '../../../main/domain/piv/yubico-issuers.ts';
import { attest, newCardMaker } from '../../adapters/fixtures/piv-attestation.ts';

const maker = newCardMaker();
const attestor = maker.attestorOf();
const device = Buffer.from(attestor.certificate, 'hex');
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const statement = attest(attestor, 0x9c, privateKey, 11_223_344);
const key: KeyToAttest = {
  subjectPublicKeyInfo: publicKey.export({ format: 'der', type: 'spki' }),
  slot: 0x9c,
  serialNumber: '11223344',
};
const verify = (differing: Partial<KeyToAttest> = {}, said: Attestation = { statement, device }) => {
  try {
    return verifyAttestation(said, { ...key, ...differing }, [maker.certificate], nodePrimitives);
  } catch (error) {
    return (error as { code: string; details: { rule: string } }).details.rule;
  }
};

describe('what a card says of a key it has made', () => {
  test('holds for that key, at its place, on that card', () => {
    expect(verify()).toMatchObject({ serialNumber: 11_223_344, firmware: '5.4.3', pinPolicy: 'always', formFactor: 'USB-C keychain' });
    expect(verify({ serialNumber: '00a9f3d24471' })).toMatchObject({ serialNumber: 11_223_344 });
  });

  test('does not hold for another key, place or card, nor cut off, nor with an octet changed', () => {
    expect(verify({ subjectPublicKeyInfo: other.publicKey.export({ format: 'der', type: 'spki' }) })).toBe('key');
    expect(verify({ slot: 0x9a })).toBe('slot');
    expect(verify({ serialNumber: '11223345' })).toBe('card');
    expect(verify({}, { statement: statement.subarray(0, 100), device })).toBe('form');
    expect(verify({}, { statement, device: Buffer.alloc(0) })).toBe('form');
    const changed = Buffer.from(statement);
    const at = changed.lastIndexOf(Buffer.from('050403', 'hex'));
    changed[at] = 6;
    expect(verify({}, { statement: changed, device })).toBe('signature');
  });

  test('does not hold signed by a key that the card itself has attested', () => {
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('hex');
    const forged = attest({ pkcs8, certificate: '' }, 0x9c, other.privateKey, 11_223_344);
    const spki = other.publicKey.export({ format: 'der', type: 'spki' });
    expect(verify({ subjectPublicKeyInfo: spki }, { statement: forged, device })).toBe('signature');
    expect(verify({ subjectPublicKeyInfo: spki }, { statement: forged, device: statement })).toBe('unknown-maker');
  });

  test('of a maker nobody knows is neither', () => {
    const stranger = newCardMaker('Another Maker').attestorOf();
    const said = { statement: attest(stranger, 0x9c, privateKey, 1), device: Buffer.from(stranger.certificate, 'hex') };
    expect(verify({}, said)).toBe('unknown-maker');
  });
});

test('the certificates of Yubico are those it publishes', () => {
  expect(yubicoAttestationIssuers.map((der) => createHash('sha256').update(der).digest('hex'))).toEqual([
    '63ece914e54dd87915f34033c85af4c0696ba1512f8add66ced738331207b546',
    '6de693f05376f5d8ca29069261e1c8626c75d503bd2edbfd75354cad1f722870',
    '2d55b7998f4e42569d6d8fa382b6dc77d1dacf07358b19701163892922b17052',
  ]);
});

test('places of keys are counted as PIV does', () => {
  expect([0, 1, 2, 3, 4, 5, 24, 25].map(slotOfPlace)).toEqual([undefined, 0x9a, 0x9c, 0x9d, 0x9e, 0x82, 0x95, undefined]);
});
