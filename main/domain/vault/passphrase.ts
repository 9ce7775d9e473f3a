import { fixedOctets } from '../encoding/octets.ts';
import { utf8Decode, utf8Encode } from '../encoding/utf8.ts';
import { AppError } from '../errors.ts';

/** More than anybody types; bounds the work a stranger can ask for. */
const maximumPassphraseOctets = 1024;

/**
 * Brings a passphrase (UTF-8) into the one form that is hashed, after the OpaqueString profile of RFC 8265 section 4.2:
 * other Unicode spaces become U+0020, then NFC, so that two keyboards writing the same letters agree. Not NFKC, which
 * would make different passphrases equal. Case stays. Gives a copy that the caller wipes; the input is left alone.
 *
 * Plain ASCII never becomes a string. Any other passphrase must, for a moment, because normalisation exists only for
 * strings, and a string cannot be wiped.
 * @throws AppError input.empty, input.too-large, input.invalid (not UTF-8, control or unassigned characters)
 */
export function preparePassphrase(passphrase: Uint8Array): Uint8Array {
  if (passphrase.length === 0) throw new AppError('input.empty', 'The passphrase is empty.', { what: 'passphrase' });
  if (passphrase.length > maximumPassphraseOctets) {
    throw new AppError('input.too-large', 'The passphrase is too long.', { what: 'passphrase', limit: maximumPassphraseOctets });
  }
  if (!passphrase.every(isPrintableAscii)) return normalise(passphrase);
  const copy = fixedOctets(passphrase.length);
  copy.set(passphrase);
  return copy;
}

const isPrintableAscii = (octet: number): boolean => octet >= 0x20 && octet < 0x7f;

function normalise(passphrase: Uint8Array): Uint8Array {
  const text = utf8Decode(passphrase);
  if (text === undefined || /[\p{Cc}\p{Cn}]/u.test(text)) {
    throw new AppError('input.invalid', 'The passphrase holds characters that cannot be typed again reliably.', { what: 'passphrase' });
  }
  return utf8Encode(text.replace(/\p{Zs}/gu, ' ').normalize('NFC'));
}
