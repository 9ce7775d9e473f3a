import { AppError } from '../errors.ts';
import type { StoredKeyAlgorithm } from '../key/algorithm.ts';

/** What a token is, and what can be done with it beside making keys that sign. */
export interface TokenAbilities {
  /** `tpm`: built into the computer. */
  readonly kind: 'card' | 'tpm';
  /** Keys that open mail: RSA ones decrypt, EC ones agree on a secret. */
  readonly opens: readonly ('rsa' | 'ec')[];
  /** Whether a key that was made elsewhere can be put on it. */
  readonly takesKeys: boolean;
  /** Whose word makes keys and puts them there: its user's PIN, or on PIV cards the management key, and then each key has a place of its own. */
  readonly keysBy: 'pin' | 'management-key';
}

/** What a driver says of itself: its own description, and whether it offers RSA decryption and ECDH. */
interface SaidByDriver {
  readonly description: string;
  readonly decrypts: boolean;
  readonly agrees: boolean;
}

/** Whether a driver that describes itself so is that of TPMs (tpm2-pkcs11). */
export const isTpm = (description: string): boolean => description.startsWith('TPM');

/** Whether it is Yubico's, for PIV cards (ykcs11): its security officer is who has the management key. */
const isYkcs11 = (description: string): boolean => description.startsWith('PKCS#11 PIV Library');

/** The driver of TPMs takes certificates and public keys from outside, whatever it is asked; all others are asked when it comes to it. */
export function abilitiesOf({ description, decrypts, agrees }: SaidByDriver): TokenAbilities {
  return {
    kind: isTpm(description) ? 'tpm' : 'card',
    opens: [...(decrypts ? ['rsa' as const] : []), ...(agrees ? ['ec' as const] : [])],
    takesKeys: !isTpm(description),
    keysBy: isYkcs11(description) ? 'management-key' : 'pin',
  };
}

/**
 * Whether a key that opens mail can be put there, asked before anything is tried.
 * @throws AppError token.takes-no-keys; token.mechanism-unsupported with {algorithm, offered}
 */
export function requireOpeningKeyFits({ opens, takesKeys }: TokenAbilities, algorithm: StoredKeyAlgorithm): void {
  const kind = algorithm.startsWith('rsa') ? 'rsa' : 'ec';
  if (!opens.includes(kind))
    throw new AppError('token.mechanism-unsupported', 'The token does not open mail with such a key.', { algorithm, offered: opens });
  if (!takesKeys) throw new AppError('token.takes-no-keys', 'The token takes no key that was made elsewhere.');
}
