import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decryptWithKeys } from '../../../main/domain/cms/decrypt-cms.ts';
import { encryptPieces } from '../../../main/domain/cms/encrypt-cms.ts';
import { signPieces } from '../../../main/domain/cms/sign-cms.ts';
import { verifyCms } from '../../../main/domain/cms/verify-cms.ts';
import { octetsAt, shortMessage, type OctetSource } from '../../../main/domain/encoding/octet-source.ts';
import { readEncodedObjects } from '../../../main/domain/encoding/pem.ts';
import { cmsIn } from '../../../main/domain/mime/cms-in.ts';
import { verifyMail } from '../../../main/domain/mime/verify-mail.ts';
import { inOneWord, MessageWorkshop, mutant, primitives } from './workshop.ts';

/** Octets that can only be had in pieces, of a length that meets every boundary somewhere. */
function inPieces(bytes: Uint8Array): OctetSource {
  return octetsAt(function* (from, to) {
    for (let at = from; at < Math.min(to, bytes.length); at += 65_521) yield bytes.subarray(at, Math.min(at + 65_521, to, bytes.length));
  });
}

const text = Buffer.from(
  `Content-Type: text/plain\r\n\r\n${'The quick brown fox jumps over the lazy dog, again and again.\r\n'.repeat(140_000)}`,
);
const sha256 = (pieces: Iterable<Uint8Array>): string => {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
};
const middle = (bytes: Uint8Array): Uint8Array => mutant(bytes, bytes.length >> 1);

function workshopWithAda(): MessageWorkshop {
  const workshop = new MessageWorkshop();
  workshop.person('ada');
  workshop.put('text', text);
  return workshop;
}

function adaIn(workshop: MessageWorkshop) {
  const pkcs8 = primitives.privateKeyInfoOf(readEncodedObjects(workshop.read('ada.pem'))[0]?.der ?? new Uint8Array(0)) ?? new Uint8Array(0);
  const [key, publicKeyInfo] = [primitives.decryptionKey(pkcs8), primitives.publicKeyInfoOf(pkcs8)];
  if (key === undefined || publicKeyInfo === undefined) throw new Error('no key');
  return { pkcs8, own: { key, publicKeyInfo, certificate: workshop.certificate('ada') } };
}

/** Ada, what openssl does for her with the long text, and what is said of it here. */
function setUp() {
  const workshop = workshopWithAda();
  const openssl = (...args: readonly string[]): Uint8Array => {
    workshop.run('openssl', 'cms', ...args.slice(0, 1), '-binary', '-in', 'text', '-out', 'out', ...args.slice(1));
    return workshop.read('out');
  };
  const sign = (...args: readonly string[]) => openssl('-sign', '-signer', 'ada.crt', '-inkey', 'ada.pem', ...args);
  const held = (file: Uint8Array) => inOneWord(() => verifyCms(cmsIn(inPieces(file)), undefined, workshop.question(), primitives));
  const heldMail = (mail: Uint8Array) => inOneWord(() => verifyMail(inPieces(mail), workshop.question(), primitives));
  return { workshop, openssl, sign, held, heldMail, ...adaIn(workshop) };
}

describe('a message that is longer than what is kept in memory', () => {
  it('is one', () => expect(text.length).toBeGreaterThan(shortMessage));

  it.each([
    ['DER', ['-outform', 'DER', '-nodetach']],
    ['BER in pieces', ['-outform', 'DER', '-nodetach', '-stream', '-indef']],
    ['PEM', ['-outform', 'PEM', '-nodetach']],
    ['without signed attributes', ['-outform', 'DER', '-nodetach', '-noattr']],
  ])('that openssl signed holds, and not when it was changed or cut off: %s', (_, options) => {
    const { sign, held } = setUp();
    const file = sign(...options);
    expect(held(file)).toBe('valid');
    expect(held(middle(file))).not.toBe('valid');
    for (const length of [file.length - 2, file.length >> 1]) expect(held(file.subarray(0, length))).toMatch(/^input\./);
    expect(held(Buffer.concat([file, Buffer.from('-')])) === 'valid').toBe(options.includes('PEM'));
  });

  it.each([
    ['beside its content', []],
    ['around its content', ['-nodetach']],
  ])('holds as a mail, and not when it was changed: %s', (_, options) => {
    const { sign, heldMail } = setUp();
    const mail = Buffer.concat([Buffer.from('From: ada@clinic.example\r\n'), sign('-outform', 'SMIME', ...options)]);
    expect(heldMail(mail)).toBe('valid');
    expect(heldMail(middle(mail))).not.toBe('valid');
    expect(heldMail(Buffer.concat([Buffer.from('From: eve@clinic.example\r\n'), mail.subarray(26)]))).toBe('invalid');
  });

  it.each([
    ['DER', ['-aes256', '-outform', 'DER']],
    ['BER in pieces', ['-aes256', '-outform', 'DER', '-stream', '-indef']],
    ['GCM', ['-aes-256-gcm', '-outform', 'DER']],
    ['PEM', ['-aes128', '-outform', 'PEM']],
    ['a mail', ['-aes256', '-outform', 'SMIME']],
  ])('that openssl encrypted opens: %s', (_, options) => {
    const { openssl, own } = setUp();
    const file = openssl('-encrypt', ...options, 'ada.crt');
    const opened = decryptWithKeys(cmsIn(inPieces(file)), [own], primitives);
    expect([opened.size, sha256(opened.content.pieces())]).toEqual([text.length, sha256([text])]);
  });

  it('gives not one octet out when its end does not hold, in the same words for padding and tag', () => {
    const { openssl, own } = setUp();
    const refusals = ['-aes256', '-aes-256-gcm'].map((cipher) => {
      const file = openssl('-encrypt', cipher, '-outform', 'DER', 'ada.crt');
      return inWords(() => decryptWithKeys(cmsIn(inPieces(mutant(file, file.length - 1))), [own], primitives));
    });
    expect(refusals).toEqual(Array.from({ length: 2 }, () => ['input.not-decryptable', 'This message does not open with that key.', {}]));
  });

  it('is written as openssl reads it', () => {
    const { workshop, pkcs8 } = setUp();
    const sealed = encryptPieces(inPieces(text), [workshop.certificate('ada')], new Date(), primitives);
    workshop.put('sealed', Buffer.concat([...sealed.pieces()]));
    workshop.run('openssl', 'cms', '-decrypt', '-inform', 'DER', '-in', 'sealed', '-inkey', 'ada.pem', '-out', 'opened', '-binary');
    const request = { pkcs8, certificate: workshop.certificate('ada'), chain: [], isDetached: false, time: new Date() };
    const signed = signPieces({ content: inPieces(text), ...request }, primitives);
    workshop.put('signed', Buffer.concat([...signed.pieces()]));
    workshop.run('openssl', 'cms', '-verify', '-inform', 'DER', '-in', 'signed', '-CAfile', 'root.crt', '-out', 'verified', '-binary');
    expect(['opened', 'verified'].map((name) => sha256([workshop.read(name)]))).toEqual([sha256([text]), sha256([text])]);
  });
});

function inWords(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    const { code, message, details } = error as { code: string; message: string; details: object };
    return [code, message, details];
  }
}
