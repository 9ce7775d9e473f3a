import { AppError } from '../errors.ts';
import { canServe, type KeyAlgorithm } from '../key/algorithm.ts';

/** What a person's two keys are made as: the one on the token that signs, and the one in the vault that decrypts. */
export interface KeyChoice {
  readonly signing: KeyAlgorithm;
  readonly decryption: KeyAlgorithm;
}

/**
 * The key on the token is of the algorithm asked for, else of the practice's usual one, else of the first the token
 * offers. The key in the vault is of the same, if that was asked for and can decrypt, else of the practice's usual one.
 * @throws AppError token.mechanism-unsupported when the token does not offer what was asked for, or nothing at all
 */
export function chooseKeys(asked: KeyAlgorithm | undefined, usual: KeyAlgorithm, offered: readonly KeyAlgorithm[]): KeyChoice {
  const signing = asked ?? (offered.includes(usual) ? usual : offered[0]);
  if (signing === undefined || !offered.includes(signing))
    throw new AppError('token.mechanism-unsupported', 'The token cannot make such a key.', {
      ...(signing === undefined ? {} : { algorithm: signing }),
      offered,
    });
  return { signing, decryption: asked !== undefined && canServe(asked, 'encrypt') ? asked : usual };
}
