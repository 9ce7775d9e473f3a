import { base64Decode, base64Encode } from '../encoding/base64.ts';
import { hexEncode } from '../encoding/hex.ts';
import { utf8Encode } from '../encoding/utf8.ts';
import { AppError } from '../errors.ts';
import { cosignedMessage, readCosignature } from './cosignature.ts';
import { hashToBytes, type Sha256 } from './hash.ts';

/** A key that signs notes, as its holder configures it (C2SP signed-note, signature type 0x01). */
export interface NoteKey {
  readonly name: string;
  /** Eight lower-case hexadecimal digits. */
  readonly keyId: string;
  /** Ed25519 public key, 32 octets (RFC 8032). */
  readonly publicKey: Uint8Array;
  /** Of a witness: what it signs says when as well (C2SP tlog-cosignature, signature type 0x04). */
  readonly isWitness?: true;
}

/** Ed25519 (RFC 8032), handed in by the caller. */
export type SignEd25519 = (message: Uint8Array) => Uint8Array;
export type VerifyEd25519 = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

interface NoteSignature {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Uint8Array;
}

const ed25519 = 0x01;
const cosignature = 0x04;
const publicKeyLength = 32;
const keyIdLength = 4;
const maximumNoteLength = 1_000_000;
const maximumSignatures = 100;

/**
 * Names a key: its id is SHA-256(name || 0x0A || 0x01 || public key)[:4].
 * @throws AppError input.invalid for a name with spaces, plus or control characters, or a key that is not 32 octets.
 */
export function noteKey(name: string, publicKey: Uint8Array, sha256: Sha256): NoteKey {
  return { name, keyId: keyIdOf(name, ed25519, publicKey, sha256), publicKey };
}

function keyIdOf(name: string, type: number, publicKey: Uint8Array, sha256: Sha256): string {
  if (!isKeyName(name)) throw new AppError('input.invalid', 'This name cannot stand in a note.', { field: 'name' });
  if (publicKey.length !== publicKeyLength)
    throw new AppError('input.invalid', 'This is not an Ed25519 public key.', { field: 'publicKey' });
  const named = Uint8Array.from([...utf8Encode(name), 0x0a, type, ...publicKey]);
  return hexEncode(hashToBytes(sha256(named)).subarray(0, keyIdLength));
}

/** The key as one line of text, `name+keyId+base64(type || public key)`: a "vkey". */
export function formatVerifierKey(key: NoteKey): string {
  const type = key.isWitness === true ? cosignature : ed25519;
  return `${key.name}+${key.keyId}+${base64Encode(Uint8Array.from([type, ...key.publicKey]))}`;
}

/**
 * Reads the vkey of a log. Only Ed25519 is known.
 * @throws AppError input.invalid when it is malformed, or its id is not that of its key.
 */
export function parseVerifierKey(vkey: string, sha256: Sha256): NoteKey {
  const key = parseAnyKey(vkey, sha256);
  if (key.isWitness === true) throw malformedKey();
  return key;
}

/**
 * Reads the vkey of a witness (C2SP tlog-cosignature).
 * @throws AppError input.invalid when it is malformed, of a log, or its id is not that of its key.
 */
export function parseWitnessKey(vkey: string, sha256: Sha256): NoteKey {
  const key = parseAnyKey(vkey, sha256);
  if (key.isWitness !== true) throw malformedKey();
  return key;
}

/** Of a log or of a witness. */
function parseAnyKey(vkey: string, sha256: Sha256): NoteKey {
  const [name = '', keyId = '', ...rest] = vkey.split('+');
  const encoded = decodeStrictly(rest.join('+'));
  const type = encoded?.[0];
  if (encoded?.length !== 1 + publicKeyLength || (type !== ed25519 && type !== cosignature) || !isKeyName(name)) throw malformedKey();
  const publicKey = encoded.slice(1);
  if (keyIdOf(name, type, publicKey, sha256) !== keyId) throw malformedKey();
  return { name, keyId, publicKey, ...(type === cosignature ? { isWitness: true } : {}) };
}

/**
 * Signs a text: the text, an empty line and one signature line.
 * @throws AppError input.invalid unless the text ends in a line feed and has no other control character.
 */
export function signNote(text: string, key: NoteKey, sign: SignEd25519): string {
  if (!text.endsWith('\n') || !isNoteText(text)) throw malformedNote();
  const keyId = Array.from({ length: keyIdLength }, (_, at) => Number.parseInt(key.keyId.slice(2 * at, 2 * at + 2), 16));
  return `${text}\n\u2014 ${key.name} ${base64Encode(Uint8Array.from([...keyId, ...sign(utf8Encode(text))]))}\n`;
}

/**
 * The text of a note (with its last line feed) that this key has signed. Signatures of other keys are ignored; of
 * several by this key each must hold.
 * @throws AppError input.invalid when it is not a note of at most 1,000,000 characters and 100 signatures;
 * integrity.checkpoint-signature when the key's signature is missing or wrong.
 */
export function openNote(note: string, key: NoteKey, verify: VerifyEd25519): string {
  const { text, signers, forged } = judgeNote(note, [key], verify);
  if (signers.length === 0 || forged.length > 0) {
    throw new AppError('integrity.checkpoint-signature', 'The note is not signed by the key of this log.', {
      key: `${key.name}+${key.keyId}`,
    });
  }
  return text;
}

/** A known key whose signature holds. */
export interface NoteSigner extends NoteKey {
  /** When a witness saw the note, in seconds since 1970; undefined for a key that says no time. */
  readonly seconds?: number;
}

/** What the signatures under a note say. It counts only if somebody known signed it and nothing under a known key is wrong. */
export interface NoteVerdict {
  /** With its last line feed. */
  readonly text: string;
  /** Known keys whose signature holds. */
  readonly signers: readonly NoteSigner[];
  /** Known keys under whose name a signature stands that does not hold. */
  readonly forged: readonly NoteKey[];
}

/**
 * Checks a note against every known key. Signatures of other keys are ignored; of several by one key each must hold, as C2SP has it (the
 * Go implementation looks at the first alone). A key that is named twice is one key.
 * @throws AppError input.invalid when it is not a note of at most 1,000,000 characters and 100 signatures
 */
export function judgeNote(note: string, keys: readonly NoteKey[], verify: VerifyEd25519): NoteVerdict {
  const { text, signatures } = readNote(note);
  const octets = utf8Encode(text);
  const known = distinct(keys).flatMap((key) => {
    const own = signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId);
    return own.length === 0 ? [] : [judgeSigner(key, octets, own, verify)];
  });
  const those = (holds: boolean): NoteSigner[] => known.filter((each) => each.holds === holds).map(({ signer }) => signer);
  return { text, signers: those(true), forged: those(false) };
}

function judgeSigner(
  key: NoteKey,
  text: Uint8Array,
  own: readonly NoteSignature[],
  verify: VerifyEd25519,
): { signer: NoteSigner; holds: boolean } {
  if (key.isWitness !== true) return { signer: key, holds: own.every(({ signature }) => verify(key.publicKey, text, signature)) };
  const read = own.map(({ signature }) => readCosignature(signature));
  const holds = read.every((one) => one !== undefined && verify(key.publicKey, cosignedMessage(text, one.seconds), one.signature));
  return { signer: { ...key, seconds: Math.max(...read.map((one) => one?.seconds ?? 0)) }, holds };
}

const distinct = (keys: readonly NoteKey[]): readonly NoteKey[] => [...new Map(keys.map((key) => [formatVerifierKey(key), key])).values()];

function readNote(note: string): { text: string; signatures: NoteSignature[] } {
  const end = note.lastIndexOf('\n\n');
  if (note.length > maximumNoteLength || end < 0 || !isNoteText(note) || !note.endsWith('\n')) throw malformedNote();
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > maximumSignatures) throw malformedNote();
  return { text: note.slice(0, end + 1), signatures: lines.map(readSignature) };
}

function readSignature(line: string): NoteSignature {
  const match = /^\u2014 ([^ ]+) ([^ ]+)$/u.exec(line);
  const name = match?.[1] ?? '';
  const bytes = decodeStrictly(match?.[2] ?? '');
  if (!isKeyName(name) || bytes === undefined || bytes.length <= keyIdLength) throw malformedNote();
  return { name, keyId: hexEncode(bytes.subarray(0, keyIdLength)), signature: bytes.subarray(keyIdLength) };
}

function isNoteText(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}

function isKeyName(name: string): boolean {
  return name !== '' && isNoteText(name) && !/[\p{White_Space}+]/u.test(name);
}

/** Base64 in the one form an encoder writes: no white space, no stray bits. */
function decodeStrictly(text: string): Uint8Array | undefined {
  const bytes = base64Decode(text);
  return bytes !== undefined && base64Encode(bytes) === text ? bytes : undefined;
}

function malformedKey(): AppError {
  return new AppError('input.invalid', 'This is not the public key of a log.', { field: 'vkey' });
}

function malformedNote(): AppError {
  return new AppError('input.invalid', 'This is not a signed note.', { field: 'note' });
}
