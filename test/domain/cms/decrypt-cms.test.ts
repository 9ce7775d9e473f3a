import { X509Certificate } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { quickPasswords } from '../../gnupg/quick-passwords.ts';
import type { MessageKey } from '../../../main/domain/cms/content-keys.ts';
import { decryptWithKeys, decryptWithPassword, type OpenedMessage } from '../../../main/domain/cms/decrypt-cms.ts';
import { readEncodedObjects } from '../../../main/domain/encoding/pem.ts';
import { wholeOf } from '../../../main/domain/encoding/octet-source.ts';
import { AppError } from '../../../main/domain/errors.ts';
import type { Certificate } from '../../../main/domain/x509/read-certificate.ts';
import { untilGnupgReads } from '../../gnupg/until-gnupg-reads.ts';
import { vectorCertificate, vectorDer } from '../reading/vectors.ts';
import { children, readDer, type DerNode } from '../../../main/domain/asn1/der-reader.ts';
import { oid, sequence, tlvOf } from '../../../main/domain/asn1/der-writer.ts';
import { issuerAndSerialNumber } from '../../../main/domain/cms/issuer-and-serial-number.ts';
import { encryptCms } from '../../../main/domain/cms/encrypt-cms.ts';
import { signCms } from '../../../main/domain/cms/sign-cms.ts';
import { verifyCms } from '../../../main/domain/cms/verify-cms.ts';
import { MessageWorkshop, mutant, primitives } from './workshop.ts';

const rsa = ['-newkey', 'rsa:2048'];
const ec = (curve: string): string[] => ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${curve}`];
const plain = 'Dear Ada,\r\nthe results are in.\r\n';

function keyOf(workshop: MessageWorkshop, name: string, isNamed = true): MessageKey {
  const [found] = readEncodedObjects(workshop.read(`${name}.pem`));
  return messageKey(found?.der ?? new Uint8Array(), isNamed ? workshop.certificate(name) : undefined);
}

function messageKey(der: Uint8Array, certificate?: Certificate): MessageKey {
  const pkcs8 = primitives.privateKeyInfoOf(der);
  const [key, publicKeyInfo] = [primitives.decryptionKey(pkcs8 ?? der), primitives.publicKeyInfoOf(pkcs8 ?? der)];
  if (key === undefined || publicKeyInfo === undefined) throw new Error('no key');
  return { key, publicKeyInfo, ...(certificate === undefined ? {} : { certificate }) };
}

function workshopOf(...people: readonly (readonly [string, readonly string[]])[]): MessageWorkshop {
  const workshop = new MessageWorkshop();
  for (const [name, key] of people) workshop.person(name, key);
  workshop.put('text', plain);
  return workshop;
}

function encrypt(workshop: MessageWorkshop, ...args: readonly string[]): Uint8Array {
  workshop.run('openssl', 'cms', '-encrypt', '-binary', '-in', 'text', '-outform', 'DER', '-out', 'out.p7', ...args);
  return workshop.read('out.p7');
}

const textOf = ({ content }: Pick<OpenedMessage, 'content'>): string => Buffer.from(wholeOf(content, 1 << 20)).toString();

/** The fresh key of a message becomes that of a certificate `bob.crt`, by which the message names it: openssl writes none like that. */
function withStaticKey(workshop: MessageWorkshop, file: Uint8Array): Uint8Array {
  const curve = sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7'));
  const rewrite = (node: DerNode): Uint8Array => {
    const [algorithm, bits] = node.tag === 0xa1 ? children(node) : [];
    if (algorithm?.tag === 0x30 && bits?.tag === 0x03) {
      workshop.put('bob.der', sequence(curve, bits.whole));
      workshop.run('openssl', 'pkey', '-pubin', '-inform', 'DER', '-in', 'bob.der', '-out', 'bob.pub');
      workshop.run(
        'openssl',
        'x509',
        '-new',
        '-force_pubkey',
        'bob.pub',
        '-subj',
        '/CN=bob',
        '-CA',
        'root.crt',
        '-CAkey',
        'root.pem',
        '-out',
        'bob.crt',
      );
      return issuerAndSerialNumber(workshop.certificate('bob'));
    }
    return node.isConstructed ? tlvOf(node.tag, children(node).map(rewrite)) : node.whole;
  };
  return rewrite(readDer(file));
}

/** The whole of what an attacker sees. */
function refusal(act: () => unknown): string {
  try {
    act();
    return 'opened';
  } catch (error) {
    if (!(error instanceof AppError)) return `not an AppError: ${String(error)}`;
    return JSON.stringify([error.code, error.message, error.details]);
  }
}

const oneRefusal = JSON.stringify(['input.not-decryptable', 'This message does not open with that key.', {}]);

describe('what openssl encrypts', () => {
  it.each([
    ['RSA', rsa, ['-aes256', 'ada.crt'], 'aes256-CBC'],
    ['RSA by key identifier', rsa, ['-aes128', '-keyid', 'ada.crt'], 'aes128-CBC'],
    ['RSA and 3DES', rsa, ['-des3', 'ada.crt'], 'des-ede3-cbc'],
    ['RSA and RC2', rsa, ['-rc2-40', '-provider', 'legacy', '-provider', 'default', 'ada.crt'], 'rc2-cbc'],
    ['RSA and RC2 of 128 bits', rsa, ['-rc2-128', '-provider', 'legacy', '-provider', 'default', 'ada.crt'], 'rc2-cbc'],
    ['RSA and AES-192', rsa, ['-aes192', 'ada.crt'], 'aes192-CBC'],
    ['RSA and GCM', rsa, ['-aes-256-gcm', 'ada.crt'], 'aes256-GCM'],
    ['RSA in BER', rsa, ['-aes256', '-stream', '-indef', 'ada.crt'], 'aes256-CBC'],
    ['OAEP', rsa, ['-aes256', '-recip', 'ada.crt', '-keyopt', 'rsa_padding_mode:oaep'], 'aes256-CBC'],
    [
      'OAEP with SHA-256',
      rsa,
      ['-aes256', '-recip', 'ada.crt', '-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha256'],
      'aes256-CBC',
    ],
    [
      'OAEP with two digests',
      rsa,
      ['-aes256', '-recip', 'ada.crt', '-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha512', '-keyopt', 'rsa_mgf1_md:sha1'],
      'aes256-CBC',
    ],
    ['P-256', ec('P-256'), ['-aes256', 'ada.crt'], 'aes256-CBC'],
    ['P-384 with SHA-384', ec('P-384'), ['-aes128', '-recip', 'ada.crt', '-keyopt', 'ecdh_kdf_md:sha384'], 'aes128-CBC'],
    ['P-521 with SHA-512', ec('P-521'), ['-aes256', '-recip', 'ada.crt', '-keyopt', 'ecdh_kdf_md:sha512'], 'aes256-CBC'],
    ['P-256 and GCM', ec('P-256'), ['-aes-128-gcm', 'ada.crt'], 'aes128-GCM'],
    ['P-256, cofactor', ec('P-256'), ['-aes256', '-recip', 'ada.crt', '-keyopt', 'ecdh_cofactor_mode:1'], 'aes256-CBC'],
    ['P-256 and 3DES', ec('P-256'), ['-des3', 'ada.crt'], 'des-ede3-cbc'],
  ])('opens: %s', (_, kind, args, encryption) => {
    const workshop = workshopOf(['ada', kind], ['eve', kind]);
    const file = encrypt(workshop, ...args);
    const opened = decryptWithKeys(file, [keyOf(workshop, 'ada')], primitives);
    expect([textOf(opened), opened.encryption]).toEqual([plain, encryption]);
    expect(textOf(decryptWithKeys(file, [keyOf(workshop, 'ada', false)], primitives))).toBe(plain);
    expect(refusal(() => decryptWithKeys(file, [keyOf(workshop, 'eve')], primitives))).toContain('"what":"recipient"');
  });

  it('opens for each of many, with the certificate or by whichever key it is', () => {
    const people = [
      ['ada', rsa],
      ['bob', ec('P-256')],
      ['eve', rsa],
    ] as const;
    const workshop = workshopOf(...people);
    const file = encrypt(workshop, '-aes-256-gcm', ...people.map(([name]) => `${name}.crt`));
    for (const [name] of people) {
      for (const isNamed of [true, false]) expect(textOf(decryptWithKeys(file, [keyOf(workshop, name, isNamed)], primitives))).toBe(plain);
    }
  });

  it('opens with the static key of a sender whose certificate is at hand, and not without', () => {
    const workshop = workshopOf(['ada', ec('P-256')]);
    const file = withStaticKey(workshop, encrypt(workshop, '-aes256', 'ada.crt'));
    const own = [keyOf(workshop, 'ada')];
    expect(textOf(decryptWithKeys(file, own, primitives, [workshop.certificate('bob')]))).toBe(plain);
    expect(refusal(() => decryptWithKeys(file, own, primitives))).toContain('input.not-decryptable');
  });

  it('opens under its password and no other', async () => {
    const workshop = workshopOf();
    for (const cipher of ['-aes256', '-aes128', '-des3']) {
      const file = encrypt(workshop, cipher, '-pwri_password', 'open sesame');
      const opened = await decryptWithPassword(file, Buffer.from('open sesame'), primitives);
      expect([textOf(opened), opened.recipient]).toEqual([plain, 'password']);
      await expect(decryptWithPassword(file, Buffer.from('open'), primitives)).rejects.toMatchObject({ code: 'input.wrong-password' });
    }
  });
});

describe('whatever is wrong behind the choice of the recipient', () => {
  it.each([
    ['RSA', rsa, ['-aes256', 'ada.crt']],
    ['OAEP', rsa, ['-aes256', '-recip', 'ada.crt', '-keyopt', 'rsa_padding_mode:oaep']],
    ['ECDH', ec('P-256'), ['-aes256', 'ada.crt']],
    ['GCM', rsa, ['-aes-256-gcm', 'ada.crt']],
  ])('is refused in the same words, or gives noise that nobody authenticated: %s', (kind, key, args) => {
    const workshop = workshopOf(['ada', key]);
    const file = encrypt(workshop, ...args);
    const own = keyOf(workshop, 'ada');
    const answers = new Set<string>();
    for (let at = Math.floor(file.length / 3); at < file.length; at++) {
      const changed = mutant(file, at);
      const answer = refusal(() => decryptWithKeys(changed, [own], primitives));
      expect(answer, `octet ${at}`).not.toContain('not an AppError');
      if (answer !== 'opened' && answer.includes('not-decryptable') && !answer.includes('recipient')) answers.add(answer);
      const isAuthenticated = kind === 'GCM' && at > file.length - 50;
      expect(isAuthenticated && answer === 'opened', `octet ${at}`).toBe(false);
    }
    expect([...answers]).toEqual([oneRefusal]);
  });

  it('cut off anywhere, it is malformed and nothing else', () => {
    const workshop = workshopOf(['ada', ec('P-256')]);
    const file = encrypt(workshop, '-aes256', 'ada.crt');
    const own = keyOf(workshop, 'ada');
    for (let length = 0; length < file.length; length += 5) {
      expect(refusal(() => decryptWithKeys(file.subarray(0, length), [own], primitives))).toContain('input.malformed-der');
    }
  });
});

/** gpgsm in the directory of a workshop, which trusts its root and has Ada's key. */
function gpgsmOf(workshop: MessageWorkshop): (...args: readonly string[]) => string {
  const gpgsm = (...args: readonly string[]): string =>
    workshop.run('gpgsm', '--homedir', workshop.directory, '--batch', '--no-tty', '--yes', '--disable-crl-checks', ...args);
  const fingerprint = new X509Certificate(workshop.read('root.crt')).fingerprint.replaceAll(':', '');
  workshop.put('trustlist.txt', `${fingerprint} S relax\n`);
  workshop.put('empty', 'x\n');
  workshop.put('gpg-agent.conf', `allow-loopback-pinentry\n${quickPasswords}\n`);
  onTestFinished(() => void workshop.succeeds('gpgconf', '--homedir', workshop.directory, '--kill', 'all'));
  importInto(gpgsm, workshop);
  return gpgsm;
}

function importInto(gpgsm: (...args: readonly string[]) => string, workshop: MessageWorkshop): void {
  const key = ['-inkey', 'ada.pem', '-in', 'ada.crt', '-certfile', 'root.crt'];
  untilGnupgReads(() => {
    workshop.run('openssl', 'pkcs12', '-export', '-legacy', ...key, '-out', 'ada.p12', '-passout', 'file:empty');
    gpgsm('--pinentry-mode', 'loopback', '--passphrase-fd', '0', '--import', 'ada.p12');
  });
}

describe('gpgsm', () => {
  it('encrypts what opens here, and signs what holds here', () => {
    const workshop = workshopOf(['ada', rsa]);
    const gpgsm = gpgsmOf(workshop);
    gpgsm('--encrypt', '--recipient', 'ada@clinic.example', '--output', 'gpgsm.p7', 'text');
    expect(textOf(decryptWithKeys(workshop.read('gpgsm.p7'), [keyOf(workshop, 'ada')], primitives))).toBe(plain);
    gpgsm(
      '--pinentry-mode',
      'loopback',
      '--passphrase-fd',
      '0',
      '--local-user',
      'ada@clinic.example',
      '--output',
      'signed.p7',
      '--sign',
      'text',
    );
    expect(verifyCms(workshop.read('signed.p7'), undefined, workshop.question(), primitives)).toMatchObject({ valid: true });
  });

  it('opens what is encrypted here, and verifies what is signed here', () => {
    const workshop = workshopOf(['ada', rsa]);
    const gpgsm = gpgsmOf(workshop);
    workshop.put('ours.p7', encryptCms(workshop.read('text'), [workshop.certificate('ada')], new Date(), primitives));
    gpgsm('--pinentry-mode', 'loopback', '--passphrase-fd', '0', '--output', 'plain', '--decrypt', 'ours.p7');
    expect(Buffer.from(workshop.read('plain')).toString()).toBe(plain);
    workshop.put('signed.p7', signedBy(workshop, 'ada', false));
    expect(gpgsm('--verify', 'signed.p7')).toContain('Good signature');
  });
});

function signedBy(workshop: MessageWorkshop, name: string, isDetached: boolean, time = new Date()): Uint8Array {
  const [key] = readEncodedObjects(workshop.read(`${name}.pem`));
  const pkcs8 = primitives.privateKeyInfoOf(key?.der ?? new Uint8Array()) ?? new Uint8Array();
  const request = { content: workshop.read('text'), pkcs8, certificate: workshop.certificate(name), chain: [workshop.certificate('root')] };
  return signCms({ ...request, isDetached, time }, primitives);
}

describe('what is written here', () => {
  const kinds = [
    ['RSA', rsa],
    ['P-256', ec('P-256')],
    ['P-384', ec('P-384')],
    ['P-521', ec('P-521')],
  ] as const;

  it.each(kinds)('openssl opens and verifies: %s', (_, kind) => {
    const workshop = workshopOf(['ada', kind], ['eve', rsa]);
    workshop.put(
      'ours.p7',
      encryptCms(
        workshop.read('text'),
        ['eve', 'ada'].map((name) => workshop.certificate(name)),
        new Date(),
        primitives,
      ),
    );
    for (const name of ['ada', 'eve']) {
      workshop.run(
        'openssl',
        'cms',
        '-decrypt',
        '-inform',
        'DER',
        '-in',
        'ours.p7',
        '-inkey',
        `${name}.pem`,
        '-recip',
        `${name}.crt`,
        '-out',
        'plain',
        '-binary',
      );
      expect(Buffer.from(workshop.read('plain')).toString()).toBe(plain);
      expect(textOf(decryptWithKeys(workshop.read('ours.p7'), [keyOf(workshop, name)], primitives))).toBe(plain);
    }
    for (const isDetached of [false, true]) {
      workshop.put('signed.p7', signedBy(workshop, 'ada', isDetached));
      const content = isDetached ? ['-content', 'text'] : [];
      const verify = [
        'cms',
        '-verify',
        '-binary',
        '-inform',
        'DER',
        '-in',
        'signed.p7',
        '-CAfile',
        'root.crt',
        '-purpose',
        'smimesign',
        '-out',
        'plain',
      ];
      workshop.run('openssl', ...verify, ...content);
      expect(Buffer.from(workshop.read('plain')).toString()).toBe(plain);
      workshop.put('other', 'another text');
      expect(workshop.succeeds('openssl', ...verify, '-content', isDetached ? 'other' : 'text')).toBe(!isDetached);
      const verdict = verifyCms(
        workshop.read('signed.p7'),
        isDetached ? workshop.read('text') : undefined,
        workshop.question(),
        primitives,
      );
      expect(verdict).toMatchObject({ valid: true, layers: [{ signer: { emails: ['ada@clinic.example'] } }] });
    }
  });

  it('NSS: cmsutil opens and verifies', () => {
    const workshop = workshopOf(['ada', rsa]);
    workshop.put('empty', '\n');
    workshop.run(
      'openssl',
      'pkcs12',
      '-export',
      '-inkey',
      'ada.pem',
      '-in',
      'ada.crt',
      '-name',
      'ada',
      '-out',
      'ada.p12',
      '-passout',
      'file:empty',
    );
    workshop.run('certutil', '-N', '-d', 'sql:.', '-f', 'empty');
    workshop.run('certutil', '-A', '-d', 'sql:.', '-n', 'root', '-t', 'CT,C,', '-i', 'root.crt');
    workshop.run('pk12util', '-i', 'ada.p12', '-d', 'sql:.', '-k', 'empty', '-w', 'empty');
    workshop.put('ours.p7', encryptCms(workshop.read('text'), [workshop.certificate('ada')], new Date(), primitives));
    workshop.run('cmsutil', '-D', '-d', 'sql:.', '-i', 'ours.p7', '-o', 'plain', '-f', 'empty');
    expect(Buffer.from(workshop.read('plain')).toString()).toBe(plain);
    workshop.put('signed.p7', signedBy(workshop, 'ada', false));
    workshop.run('cmsutil', '-D', '-d', 'sql:.', '-i', 'signed.p7', '-o', 'plain', '-f', 'empty');
    expect(Buffer.from(workshop.read('plain')).toString()).toBe(plain);
  });

  it('opens and holds with the Edwards and Montgomery keys of RFC 9216', () => {
    const person = (use: 'signing' | 'decryption') => vectorDer(`rfc9216/carlos-s-${use}-private-key-material.key`);
    const encryption = vectorCertificate('rfc9216/carlos-s-encryption-end-entity-certificate.crt');
    const certificate = vectorCertificate('rfc9216/carlos-s-signature-verification-end-entity-certificate.crt');
    const content = Buffer.from(plain);
    const time = new Date('2026-01-01T00:00:00Z');
    const message = encryptCms(content, [encryption], time, primitives);
    expect(textOf(decryptWithKeys(message, [messageKey(person('decryption'), encryption)], primitives))).toBe(plain);
    const dana = messageKey(vectorDer('rfc9216/dana-s-decryption-private-key-material.key'));
    expect(refusal(() => decryptWithKeys(message, [dana], primitives))).toBe(oneRefusal);
    const signed = signCms({ content, pkcs8: person('signing'), certificate, chain: [], isDetached: false, time }, primitives);
    const trust = [vectorCertificate('rfc9216/ed25519-certification-authority-root-certificate.crt')];
    const question = { trust, pool: [], crls: [], time, allowSha1: false, requireRevocation: false };
    expect(verifyCms(signed, undefined, question, primitives)).toMatchObject({
      valid: true,
      layers: [{ signer: { emails: ['carlos@smime.example'] } }],
    });
    expect(verifyCms(mutant(signed, signed.length - 1), undefined, question, primitives).valid).toBe(false);
  });

  it('is not written with a key of another certificate, or to a certificate that is for signing', () => {
    const workshop = workshopOf(['ada', rsa], ['eve', rsa]);
    workshop.put('ada.pem', workshop.read('eve.pem'));
    expect(refusal(() => signedBy(workshop, 'ada', false))).toContain('"rule":"match"');
    const signing = vectorCertificate('rfc9216/alice-s-signature-verification-end-entity-certificate.crt');
    expect(refusal(() => encryptCms(Buffer.from(plain), [signing], new Date(), primitives))).toContain('"rule":"purpose"');
  });

  it('is not written to a certificate that has ended or not begun, nor signed with one', () => {
    const workshop = workshopOf(['ada', rsa]);
    const ada = workshop.certificate('ada');
    const [before, after] = [new Date(ada.notBefore.getTime() - 1000), new Date(ada.notAfter.getTime() + 1000)];
    for (const time of [before, after]) {
      expect(refusal(() => encryptCms(Buffer.from(plain), [ada], time, primitives))).toContain('"rule":"validity"');
      expect(refusal(() => signedBy(workshop, 'ada', false, time))).toContain('"rule":"validity"');
    }
    for (const time of [ada.notBefore, ada.notAfter])
      expect(textOf(decryptWithKeys(encryptCms(Buffer.from(plain), [ada], time, primitives), [keyOf(workshop, 'ada')], primitives))).toBe(
        plain,
      );
  });
});
