import { utf8Decode } from '../encoding/utf8.ts';
import { bmpPassword } from './bmp-password.ts';

/**
 * A password as files have it hashed. No password at all is not the empty one (RFC 7292 says nothing; the one is no octet,
 * the other two zeros), and programs take the one for the other: both are tried, the one that was given first.
 */
export interface PasswordForms {
  /** For the derivation of PKCS #12 (RFC 7292 appendix B.1), likeliest first. */
  readonly bmp: readonly Uint8Array[];
  /** For PBES2 and PBMAC1: the octets; and BMPString, which old NSS took there as well. */
  readonly octets: readonly Uint8Array[];
}

const none = new Uint8Array(0);

/** To be wiped. `undefined`: no password. Not all of what people write is ASCII: UTF-16 of it, and octet by octet as old OpenSSL had it. */
export function passwordForms(password: Uint8Array | undefined): PasswordForms {
  if (password === undefined) return { bmp: [none, bmpPassword(none)], octets: [none] };
  if (password.length === 0) return { bmp: [bmpPassword(none), none], octets: [none, bmpPassword(none)] };
  const text = utf8Decode(password);
  const isAscii = password.every((octet) => octet < 0x80);
  const bmp = text === undefined || isAscii ? [bmpPassword(password)] : [utf16Password(text), bmpPassword(password)];
  return { bmp, octets: [password, ...bmp.slice(0, 1)] };
}

function utf16Password(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 2 + 2);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    out[at * 2] = unit >> 8;
    out[at * 2 + 1] = unit & 0xff;
  }
  return out;
}
