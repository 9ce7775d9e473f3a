import { describe, expect, it } from 'vitest';
import { readSpokenCheckpoint, readTypedCheckpoint, shortHashOf } from '../../../main/domain/audit/typed-checkpoint.ts';
import { sha256 } from './primitives.ts';

const root = Buffer.alloc(32, 7).toString('base64');
const signature = Buffer.alloc(68, 250).toString('base64');
const cosignature = Buffer.alloc(76, 251).toString('base64');
const text = `keyward/practice\n1234\n${root}\n`;
const note = `${text}\n\u2014 keyward/practice ${signature}\n`;

describe('a total of a log that a person brings', () => {
  it.each([
    ['as it was signed', note],
    ['with line ends of Windows', note.replaceAll('\n', '\r\n')],
    ['quoted in an answer', note.replaceAll(/^/gm, '> ')],
    ['with words before and after it', `Dear auditor,\n\nhere it is:\n\n${note}\nYours\nA. B.\n`],
    ['with another dash', note.replace('\u2014', '--')],
    ['with a dash that was read as other letters', note.replace('\u2014', '\u00e2\u20ac\u201d')],
    ['broken between words by a mail program', note.replace(` ${signature}`, `\n${signature}`)],
    ['broken inside the signature', note.replace(signature, `${signature.slice(0, 60)}\n${signature.slice(60)}`)],
    [
      'as quoted-printable',
      note
        .replaceAll('=', '=3D')
        .replace('\u2014', '=E2=80=94')
        .replace(signature.slice(0, 30), `${signature.slice(0, 30)}=\n`),
    ],
    ['indented and with spaces at the ends of lines', note.replaceAll(/^/gm, '   ').replaceAll('\n', ' \u00a0\n')],
  ])('is found %s', (_, typed) => {
    expect(readTypedCheckpoint(typed)).toMatchObject({ text, note, checkpoint: { origin: 'keyward/practice', size: 1234 } });
  });

  it('keeps the lines of witnesses, and none that is no signature', () => {
    const witnessed = `${note}\u2014 witness.example ${cosignature}\n`;
    expect(readTypedCheckpoint(`${witnessed}\u2014 somebody said so\n`)?.note).toBe(witnessed);
  });

  it('is read without a signature, and is told apart from one that has one', () => {
    expect(readTypedCheckpoint(text)).toMatchObject({ text, note: undefined });
    expect(readTypedCheckpoint(text.trimEnd())).toMatchObject({ text, note: undefined });
  });

  it.each([
    ['nothing', ''],
    ['a letter', 'Dear auditor,\nthere is no total\nin here.\n'],
    ['a size that is no count', text.replace('1234', '01234')],
    ['a hash that is short', text.replace(root, root.slice(4))],
    ['more than anybody types', 'x'.repeat(100_001)],
  ])('is not found in %s', (_, typed) => {
    expect(readTypedCheckpoint(typed)).toBeUndefined();
  });
});

describe('a short hash', () => {
  it('is the beginning of SHA-256 over the three lines, in base 32', () => {
    // printf '%s' "$text" | sha256sum | xxd -r -p | head -c 15 | base32
    expect(shortHashOf('keyward/practice\n1\n', sha256)).toMatch(/^([A-Z2-7]{4} ){5}[A-Z2-7]{4}$/);
    expect(shortHashOf('abc', sha256)).toBe('XJ4B NP4P AHH6 UQKB IDPF 3LRC');
  });

  it('is read as it stands on the page, small or with strokes, and nothing else is', () => {
    const spoken = { size: 1234, shortHash: 'XJ4B NP4P AHH6 UQKB IDPF 3LRC' };
    expect(readSpokenCheckpoint('1234 XJ4B NP4P AHH6 UQKB IDPF 3LRC\n')).toEqual(spoken);
    expect(readSpokenCheckpoint('1234: xj4b-np4p-ahh6-uqkb-idpf-3lrc')).toEqual(spoken);
    expect(readSpokenCheckpoint('1234 XJ4B NP4P AHH6 UQKB IDPF')).toBeUndefined();
    expect(readSpokenCheckpoint('1234 XJ4B NP4P AHH6 UQKB IDPF 3LRC 3LRC')).toBeUndefined();
    expect(readSpokenCheckpoint('XJ4B NP4P AHH6 UQKB IDPF 3LRC')).toBeUndefined();
    expect(readSpokenCheckpoint('1234 XJ4B NP4P AHH6 UQKB IDPF 1111')).toBeUndefined();
  });
});
