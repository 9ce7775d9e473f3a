import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from '../../../main/domain/audit/checkpoint.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { formatVerifierKey, noteKey, openNote, parseVerifierKey, signNote } from '../../../main/domain/audit/signed-note.ts';
import { keyFromSeed, newSigner, publicOctets, sha256, signerOf, verifyEd25519 } from './primitives.ts';

/** The example of the Go reference implementation of signed notes (golang.org/x/mod/sumdb/note). */
const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const peterSeed = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const peterLine = '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const enoch = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop';
const enochLine = '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';
const peterKey = parseVerifierKey(peter, sha256);
const enochKey = parseVerifierKey(enoch, sha256);

/** A checkpoint of the public log of Go modules, as its server signed it. */
const goVkey = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
const goNote = `go.sum database tree
63096908
8lHrQPRYe4KT4WQ9/Qk8/taKnD6IRHbFgfN7vQE2Y54=

— sum.golang.org Az3gri/oVBN1jAhNZ/iS+W31psFAWRT20/GyrhpU6taFwulQGetBkH5S7wpGXdS935jiIGiUUAXBVHzT/P6fYhqAmAk=
`;

const malformed = expect.objectContaining({ name: 'AppError', code: 'input.invalid' }) as unknown;
const unsigned = expect.objectContaining({ name: 'AppError', code: 'integrity.checkpoint-signature' }) as unknown;

/** What opening gives: the text, or the code of the error. Anything else it throws is thrown on. */
function textOrCode(note: string): string {
  try {
    return openNote(note, peterKey, verifyEd25519);
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe('the public key of a log', () => {
  it('reads and writes the example of the reference implementation', () => {
    expect(peterKey.name).toBe('PeterNeumann');
    expect(peterKey.keyId).toBe('c74f20a3');
    expect(formatVerifierKey(peterKey)).toBe(peter);
    expect(formatVerifierKey(noteKey('PeterNeumann', publicOctets(keyFromSeed(peterSeed)), sha256))).toBe(peter);
  });

  it('is refused in every part and with any character changed', () => {
    for (let cut = 1; cut <= peter.length; cut++) {
      for (const part of [peter.slice(cut), peter.slice(0, -cut), peter.slice(cut, -1)]) {
        expect(() => parseVerifierKey(part, sha256)).toThrow(malformed);
      }
    }
    for (let at = 0; at < peter.length; at++) {
      const changed = peter.slice(0, at) + String.fromCharCode(peter.charCodeAt(at) + 1) + peter.slice(at + 1);
      expect(() => parseVerifierKey(changed, sha256)).toThrow(malformed);
    }
  });

  it('is refused with another length or algorithm under a fitting id', () => {
    expect(() => parseVerifierKey('PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==', sha256)).toThrow(malformed);
    expect(() => parseVerifierKey('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', sha256)).toThrow(malformed);
  });

  it.each(['', 'a b', 'a+b', 'a\u00a0b', 'a\u2003b', 'a\tb', 'a\nb', 'a\u0001'])('is not named %j', (name) => {
    expect(() => noteKey(name, peterKey.publicKey, sha256)).toThrow(malformed);
  });

  it('is 32 octets long', () => {
    expect(() => noteKey('log', peterKey.publicKey.subarray(1), sha256)).toThrow(malformed);
  });
});

describe('a signed note', () => {
  it('is signed and opened as the reference implementation does', () => {
    expect(signNote(text, peterKey, signerOf(keyFromSeed(peterSeed)))).toBe(`${text}\n${peterLine}`);
    expect(openNote(`${text}\n${peterLine}`, peterKey, verifyEd25519)).toBe(text);
    expect(openNote(`${text}\n${peterLine}${enochLine}`, enochKey, verifyEd25519)).toBe(text);
  });

  it('does not open without a signature of the key, whoever else has signed', () => {
    expect(() => openNote(`${text}\n${enochLine}`, peterKey, verifyEd25519)).toThrow(unsigned);
    const renamed = peterLine.replace('PeterNeumann', 'PeterNeuman');
    expect(() => openNote(`${text}\n${renamed}`, peterKey, verifyEd25519)).toThrow(unsigned);
  });

  it('takes a signature of the key twice, and none of which one does not hold', () => {
    const wrong = `${peterLine.slice(0, 60)}ABCD${peterLine.slice(60)}`;
    expect(openNote(`${text}\n${peterLine}${peterLine}`, peterKey, verifyEd25519)).toBe(text);
    expect(() => openNote(`${text}\n${peterLine}${wrong}`, peterKey, verifyEd25519)).toThrow(unsigned);
    expect(() => openNote(`${text}\n${wrong}${peterLine}`, peterKey, verifyEd25519)).toThrow(unsigned);
  });

  it('keeps empty lines in its text: the last empty line ends it', () => {
    const signer = newSigner();
    const key = noteKey('a.example/log', signer.publicKey, sha256);
    const verse = 'Ognuno sta solo\n\ned è subito sera.\n';
    expect(openNote(signNote(verse, key, signer.sign), key, verifyEd25519)).toBe(verse);
  });

  it('does not open when any one octet of it is changed', () => {
    const note = Buffer.from(`${text}\n${peterLine}`, 'utf8');
    for (let at = 0; at < note.length; at++) {
      const changed = Buffer.from(note);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => openNote(changed.toString('utf8'), peterKey, verifyEd25519)).toThrow(expect.objectContaining({ name: 'AppError' }));
    }
  });

  it.each([
    ['no signature', text],
    ['an empty list of signatures', `${text}\n`],
    ['an unfinished last line', `${text}\n${peterLine.slice(0, -1)}`],
    ['a control character', `\u0001${text}\n${peterLine}`],
    ['a carriage return', `${text.replace('\n', '\r\n')}\n${peterLine}`],
    ['a lone surrogate', `\ud800${text}\n${peterLine}`],
    ['a key name with a space', `${text}\n${peterLine.replace('PeterNeumann', 'Bad Name')}`],
    ['an unexpected line', `${text}\n${peterLine}Unexpected line.\n`],
    ['a hyphen for the dash', `${text}\n${peterLine.replace('—', '-')}`],
    ['a signature that is only a key id', `${text}\n— PeterNeumann x08gow==\n`],
    ['101 signatures', `${text}\n${peterLine.repeat(101)}`],
    ['more than a million characters', `${'a'.repeat(1_000_001)}\n\n${peterLine}`],
  ])('is refused with %s', (_, note) => {
    expect(() => openNote(note, peterKey, verifyEd25519)).toThrow(malformed);
  });

  it('is not made of a text without a last line feed or with a control character', () => {
    expect(() => signNote('abc', peterKey, () => new Uint8Array(64))).toThrow(malformed);
    expect(() => signNote('a\rb\n', peterKey, () => new Uint8Array(64))).toThrow(malformed);
  });

  it('fails only in the ways it says, whatever is read', () => {
    const piece = fc.constantFrom(text, '\n', peterLine, enochLine, '— ', ' ', 'x08g', '=', '\u0000');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 6 }), (pieces) => {
        expect([text, 'input.invalid', 'integrity.checkpoint-signature']).toContain(textOrCode(pieces.join('')));
      }),
    );
  });
});

describe('a checkpoint', () => {
  it('of the public log of Go modules opens with its published key', () => {
    const opened = openCheckpoint(goNote, parseVerifierKey(goVkey, sha256), verifyEd25519);
    expect(opened.origin).toBe('go.sum database tree');
    expect(opened.size).toBe(63096908);
    expect(Buffer.from(opened.root, 'latin1').toString('base64')).toBe('8lHrQPRYe4KT4WQ9/Qk8/taKnD6IRHbFgfN7vQE2Y54=');
    expect(() => openCheckpoint(goNote.replace('63096908', '63096909'), parseVerifierKey(goVkey, sha256), verifyEd25519)).toThrow(unsigned);
  });

  it('is the three lines of the C2SP example', () => {
    const example = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    expect(formatCheckpoint(parseCheckpoint(example))).toBe(example);
    expect(parseCheckpoint(`${example}an extension\n`).size).toBe(20852163);
  });

  it('of an empty log has size 0', () => {
    expect(parseCheckpoint(formatCheckpoint({ origin: 'log', size: 0, root: sha256('') })).size).toBe(0);
  });

  const root = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
  it.each([
    '',
    '\n',
    `log\n5\n${root}`,
    `log\n5\n`,
    `\n5\n${root}\n`,
    `log\n05\n${root}\n`,
    `log\n-5\n${root}\n`,
    `log\n+5\n${root}\n`,
    `log\n5.0\n${root}\n`,
    `log\n 5\n${root}\n`,
    `log\n9007199254740993\n${root}\n`,
    `log\n99999999999999999999\n${root}\n`,
    `log\n5\n${root.slice(0, -1)}\n`,
    `log\n5\nAAAA\n`,
    `log\n5\n${root}\n\n`,
    `log\n5\n${root}\n\nextension\n`,
  ])('is not read from %j', (wrong) => {
    expect(() => parseCheckpoint(wrong)).toThrow(malformed);
  });

  it('is not written with a negative size or an origin of two lines', () => {
    const internal = expect.objectContaining({ code: 'internal' }) as unknown;
    expect(() => formatCheckpoint({ origin: 'log', size: -1, root: sha256('') })).toThrow(internal);
    expect(() => formatCheckpoint({ origin: 'log\n9', size: 1, root: sha256('') })).toThrow(internal);
    expect(() => formatCheckpoint({ origin: '', size: 1, root: sha256('') })).toThrow(internal);
  });

  it('carries a signature that the openssl command line accepts, and refuses for another text', () => {
    const signer = newSigner();
    const key = noteKey('practice.example/log', signer.publicKey, sha256);
    const note = signCheckpoint({ origin: key.name, size: 25, root: sha256('root') }, key, signer.sign);
    const [signed = '', line = ''] = note.split(/(?<=\n)\n(?=—)/);
    const folder = mkdtempSync(join(tmpdir(), 'keyward-note-'));
    try {
      const at = (name: string) => join(folder, name);
      const der = execFileSync('openssl', ['pkey', '-pubin', '-inform', 'DER', '-outform', 'PEM'], {
        input: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), signer.publicKey]),
      });
      writeFileSync(at('key.pem'), der);
      writeFileSync(at('text'), signed);
      writeFileSync(at('other'), signed.replace('25', '26'));
      writeFileSync(at('signature'), Buffer.from(line.trim().split(' ')[2] ?? '', 'base64').subarray(4));
      const verify = (file: string) =>
        execFileSync(
          'openssl',
          ['pkeyutl', '-verify', '-pubin', '-inkey', at('key.pem'), '-rawin', '-in', at(file), '-sigfile', at('signature')],
          {
            stdio: 'pipe',
          },
        ).toString();
      expect(verify('text')).toContain('Verified Successfully');
      expect(() => verify('other')).toThrow('Command failed');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
