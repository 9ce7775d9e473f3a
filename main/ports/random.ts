/**
 * Random octets from a cryptographically secure generator, for whatever a service makes up: serial numbers, salts,
 * passwords. Guarantee: never fewer octets than asked for, never a repeatable sequence outside tests. The vault does
 * not take its nonces and keys from here: those must not be replaceable by anybody.
 */
export interface Random {
  /** `length` fresh octets, owned by the caller. */
  bytes(length: number): Uint8Array;
  /** A UUID of version 7 (RFC 9562): ids made later sort later, which keeps indices compact. */
  uuid(): string;
}
