import { AppError } from '../domain/errors.ts';
import type { AuthoritySign } from '../ports/key-pairs.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { TokenAddress, TokenSigner, TokenSurvey } from '../ports/tokens.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { signBetweenUnits } from './sign-between-units.ts';

interface OpenKey {
  readonly token: TokenAddress;
  readonly signer: TokenSigner;
  readonly sign: AuthoritySign;
}

/** A key that was closed because its token has gone; ids and its serial number. */
export interface ClosedKey {
  readonly operator: string;
  readonly authority: string;
  readonly token: string;
}

/**
 * Authorities whose key is on a token and open: logged in for one session, that of who gave the PIN, and until it ends. Nothing of a PIN is
 * here.
 */
export class OpenAuthorities {
  readonly #open = new Map<UnlockedOperator, Map<string, OpenKey>>();
  readonly #sha256Hex: (octets: Uint8Array) => string;
  /** Serial numbers of tokens that were not there at the last look. */
  #missed: ReadonlySet<string> = new Set();

  constructor(sha256Hex: (octets: Uint8Array) => string) {
    this.#sha256Hex = sha256Hex;
  }

  isOpen(operator: UnlockedOperator, authorityId: string): boolean {
    return this.#open.get(operator)?.get(authorityId)?.signer.isOpen === true;
  }

  /** A signer that is open; one before it for the same authority is closed. */
  keep(operator: UnlockedOperator, authorityId: string, token: TokenAddress, signer: TokenSigner): void {
    const own = this.#open.get(operator) ?? new Map<string, OpenKey>();
    own.get(authorityId)?.signer.close();
    this.#open.set(operator, own.set(authorityId, { token, signer, sign: this.signing(signer) }));
  }

  signing(signer: TokenSigner): AuthoritySign {
    return signBetweenUnits(signer, this.#sha256Hex);
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

  /**
   * Closes those whose token has not been seen at two looks, one after the other; answers which. While the driver of a token does not work
   * nothing is known of it.
   */
  closeAbsent({ tokens, modules }: TokenSurvey): readonly ClosedKey[] {
    const gone = this.#all().filter(({ token }) => {
      const isWorking = modules.some(({ name, state }) => name === token.module && state === 'working');
      return isWorking && !tokens.some(({ serialNumber }) => serialNumber === token.serialNumber);
    });
    const closed = gone.filter(({ token }) => this.#missed.has(token.serialNumber));
    this.#missed = new Set(gone.map(({ token }) => token.serialNumber));
    for (const { operator, authority } of closed) this.close(operator, authority);
    return closed.map(({ operator, authority, token }) => ({ operator: operator.operatorId, authority, token: token.serialNumber }));
  }

  #all() {
    return [...this.#open].flatMap(([operator, own]) => [...own].map(([authority, { token }]) => ({ operator, authority, token })));
  }

  /** Of a session that has ended. */
  closeAll(operator: UnlockedOperator): void {
    for (const { signer } of this.#open.get(operator)?.values() ?? []) signer.close();
    this.#open.delete(operator);
  }
}
