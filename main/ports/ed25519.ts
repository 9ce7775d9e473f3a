/** Ed25519 (RFC 8032) for the log's own key. Trusted to be the platform's implementation. */
export interface Ed25519 {
  /** A fresh pair: PKCS #8 DER (the caller wipes it) and the 32 octets of the public half. */
  generate(): { readonly pkcs8: Uint8Array; readonly publicKey: Uint8Array };
  /** A signer that keeps no copy of `pkcs8` in JavaScript memory. */
  signer(pkcs8: Uint8Array): (message: Uint8Array) => Uint8Array;
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}
