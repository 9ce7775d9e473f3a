import { boolean, integer, octetString, oid, sequence, unsignedInteger } from '../asn1/der-writer.ts';
import { digestOid } from '../x509/oid.ts';

/** What an authority is asked to put its time under. */
export interface TimeStampQuestion {
  /** SHA-256 of what is stamped. */
  readonly imprint: Uint8Array;
  /** Made for this request alone, so that an older answer does not pass for one to it. */
  readonly nonce: Uint8Array;
  /** The policy asked for, as an OID; the authority's own where none is. */
  readonly policy?: string | undefined;
}

/** TimeStampReq (RFC 3161 section 2.4.1) that asks for the authority's certificate as well. */
export function encodeTimeStampRequest({ imprint, nonce, policy }: TimeStampQuestion): Uint8Array {
  const messageImprint = sequence(sequence(oid(digestOid.sha256)), octetString(imprint));
  return sequence(integer(1), messageImprint, ...(policy === undefined ? [] : [oid(policy)]), unsignedInteger(nonce), boolean(true));
}
