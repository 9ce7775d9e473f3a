import { utf8Decode } from '../encoding/utf8.ts';

/**
 * What an authenticator app reads from a QR code: the Key URI format, with the practice as issuer and the operator as account. `secret` is
 * base 32. Algorithm, digits and period are what every app takes for granted; leaving them out keeps the picture small.
 */
export function provisioningUri(secret: Uint8Array, practice: string, operator: string): string {
  const issuer = encodeURIComponent(`Keyward ${practice}`.replaceAll(':', ' '));
  const account = encodeURIComponent(operator.replaceAll(':', ' '));
  return `otpauth://totp/${issuer}:${account}?secret=${utf8Decode(secret) ?? ''}&issuer=${issuer}`;
}
