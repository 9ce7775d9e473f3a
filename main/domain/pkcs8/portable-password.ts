import { AppError } from '../errors.ts';

/** Longer passwords are refused: no importer asks for more, and some cut them. */
const maximumPasswordOctets = 128;

/**
 * Accepts the passwords every importer reads alike: printable ASCII. Others are encoded one way by OpenSSL and another
 * by mail clients, so a file would open here and nowhere else.
 * @throws AppError input.empty, input.too-large, input.invalid
 */
export function requirePortablePassword(password: Uint8Array): void {
  if (password.length === 0) throw new AppError('input.empty', 'The password is empty.', { what: 'password' });
  if (password.length > maximumPasswordOctets) {
    throw new AppError('input.too-large', 'The password is too long.', { what: 'password', limit: maximumPasswordOctets });
  }
  if (password.every((octet) => octet >= 0x20 && octet < 0x7f)) return;
  throw new AppError(
    'input.invalid',
    'The password holds characters that mail programs read differently: use letters, digits and signs of ASCII.',
    {
      what: 'password',
    },
  );
}
