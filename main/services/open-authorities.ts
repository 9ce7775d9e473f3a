import { AppError } from '../domain/errors.ts';
import type { AuthoritySign } from '../ports/key-pairs.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { TokenSigner } from '../ports/tokens.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { signBetweenUnits } from './sign-between-units.ts';

interface OpenKey {
  readonly signer: TokenSigner;
  readonly sign: AuthoritySign;
}

/**
 * Authorities whose key is on a token and open: logged in for one session, that of who gave the PIN, and until it ends. Nothing of a PIN is
 * here.
 */
export class OpenAuthorities {
  readonly #open = new Map<UnlockedOperator, Map<string, OpenKey>>();
  readonly #sha256Hex: (octets: Uint8Array) => string;

  constructor(sha256Hex: (octets: Uint8Array) => string) {
    this.#sha256Hex = sha256Hex;
  }

  isOpen(operator: UnlockedOperator, authorityId: string): boolean {
    return this.#open.get(operator)?.get(authorityId)?.signer.isOpen === true;
  }

  /** A signer that is open; one before it for the same authority is closed. */
  keep(operator: UnlockedOperator, authorityId: string, signer: TokenSigner): void {
    const own = this.#open.get(operator) ?? new Map<string, OpenKey>();
    own.get(authorityId)?.signer.close();
    this.#open.set(operator, own.set(authorityId, { signer, sign: this.signing(signer) }));
  }

  signing(signer: TokenSigner): AuthoritySign {
    return signBetweenUnits((data) => signer.sign(data), this.#sha256Hex);
  }

  /** @throws AppError token.key-not-open where nobody of this session has opened it, or its token failed since */
  signOf(operator: UnlockedOperator, { id, name }: Pick<AuthorityRecord, 'id' | 'name'>): AuthoritySign {
    const open = this.#open.get(operator)?.get(id);
    if (open?.signer.isOpen === true) return open.sign;
    throw new AppError('token.key-not-open', `The key of ${name} is on a token that is not open.`, { authority: name });
  }

  /** Whether it was open. */
  close(operator: UnlockedOperator, authorityId: string): boolean {
    const own = this.#open.get(operator);
    const wasOpen = this.isOpen(operator, authorityId);
    own?.get(authorityId)?.signer.close();
    own?.delete(authorityId);
    return wasOpen;
  }

  /** Of a session that has ended. */
  closeAll(operator: UnlockedOperator): void {
    for (const { signer } of this.#open.get(operator)?.values() ?? []) signer.close();
    this.#open.delete(operator);
  }
}
