import { base64Decode, base64Encode } from '../encoding/base64.ts';
import { base32Encode } from '../encoding/base32.ts';
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts';
import { hashToBytes, type Sha256 } from './hash.ts';

/** A checkpoint as somebody typed, scanned or pasted it. */
export interface TypedCheckpoint {
  /** The three lines, each with its line feed. */
  readonly text: string;
  readonly checkpoint: Checkpoint;
  /** The signed note (C2SP signed-note) in the form it was signed in; undefined where no signature came along. */
  readonly note: string | undefined;
}

/** What is compared by eye: how many entries, and the short hash of the checkpoint over them. */
export interface SpokenCheckpoint {
  readonly size: number;
  readonly shortHash: string;
}

const longestTyped = 100_000;
const mostSignatures = 100;
/** Octets that stand behind the name of a key: its id and an Ed25519 signature, or with a time in between (C2SP tlog-cosignature). */
const signatureLengths = [68, 76];
const groups = /^([A-Z2-7]{4})([A-Z2-7]{4})([A-Z2-7]{4})([A-Z2-7]{4})([A-Z2-7]{4})([A-Z2-7]{4})/;

/**
 * The first 120 bits of SHA-256 over the text of a checkpoint in six groups of four letters (base 32): to be read out and compared by eye, where
 * finding another text with the same ones is out of reach.
 */
export function shortHashOf(text: string, sha256: Sha256): string {
  const letters = String.fromCharCode(...base32Encode(hashToBytes(sha256(text)).subarray(0, 15)));
  return letters.replace(groups, '$1 $2 $3 $4 $5 $6').slice(0, 29);
}

/**
 * Finds the checkpoint in what a person brings: marks of quotation, spaces, broken lines, other dashes and what mail makes of them (RFC 2045
 * quoted-printable) are let be. What is signed is not: the signature is over the exact three lines. Undefined where there is none.
 */
export function readTypedCheckpoint(typed: string): TypedCheckpoint | undefined {
  if (typed.length > longestTyped) return undefined;
  const lines = unquoted(typed)
    .split(/\r\n|\r|\n/)
    .map(plainLine);
  for (let at = 0; at + 2 < lines.length; at++) {
    const [origin = '', size = '', root = ''] = lines.slice(at, at + 3);
    const text = `${origin}\n${size}\n${root.replaceAll(' ', '')}\n`;
    const checkpoint = tryCheckpoint(text);
    if (checkpoint === undefined) continue;
    const signatures = signatureLines(lines.slice(at + 3));
    return { text, checkpoint, note: signatures.length === 0 ? undefined : `${text}\n${signatures.join('\n')}\n` };
  }
  return undefined;
}

/** A count and six groups of four letters, as they stand on the page or are read out. Undefined for anything else. */
export function readSpokenCheckpoint(typed: string): SpokenCheckpoint | undefined {
  const [, size = '', letters = ''] = /^\s*(0|[1-9]\d{0,14})\s*[:,;]?\s+([A-Za-z2-7\s-]{24,60})$/.exec(typed.trimEnd()) ?? [];
  const joined = letters.replaceAll(/[\s-]/g, '').toUpperCase();
  return joined.length === 24 ? { size: Number(size), shortHash: joined.replace(groups, '$1 $2 $3 $4 $5 $6') } : undefined;
}

/** Base64 has no `=` before letters, so what looks like quoted-printable is. */
const unquoted = (typed: string): string =>
  /=(3D|E2=80=94)/.test(typed)
    ? typed
        .replaceAll(/=\r?\n/g, '')
        .replaceAll('=E2=80=94', '\u2014')
        .replaceAll('=3D', '=')
    : typed;

const plainLine = (line: string): string =>
  line
    .replace(/^(\s*>)+/, '')
    .replaceAll(/[\u00a0\t ]+/g, ' ')
    .trim();

function tryCheckpoint(text: string): Checkpoint | undefined {
  try {
    return parseCheckpoint(text);
  } catch {
    return undefined;
  }
}

/** Word by word: a mail may have broken a line anywhere between two, and inside the base64. */
function signatureLines(lines: readonly string[]): string[] {
  const words = lines
    .join(' ')
    .split(' ')
    .filter((word) => word !== '');
  const found: string[] = [];
  for (let at = 0; at < words.length && found.length < mostSignatures;) {
    const signature = signatureAt(words, at);
    if (signature === undefined) break;
    found.push(`\u2014 ${signature.name} ${signature.value}`);
    at = signature.next;
  }
  return found;
}

/** A dash of some kind, the name of a key, and words that make up a signature. */
function signatureAt(words: readonly string[], at: number): { name: string; value: string; next: number } | undefined {
  const [dash = '', name = ''] = words.slice(at, at + 2);
  if (dash.length > 3 || name === '') return undefined;
  let value = '';
  for (let next = at + 2; next < Math.min(words.length, at + 12); next++) {
    value += words[next] ?? '';
    const octets = base64Decode(value);
    if (octets !== undefined && signatureLengths.includes(octets.length) && base64Encode(octets) === value)
      return { name, value, next: next + 1 };
  }
  return undefined;
}
