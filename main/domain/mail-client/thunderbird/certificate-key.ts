import { DerCursor, only, readDer } from '../../asn1/der-reader.ts';
import { compareOctets, concatenate, tag } from '../../asn1/der-writer.ts';
import { base64Decode, base64Encode } from '../../encoding/base64.ts';

/** What names a certificate everywhere (RFC 5652 section 10.2.4): as octets of its own encoding. */
interface IssuerAndSerial {
  /** Name, DER. */
  readonly issuer: Uint8Array;
  /** Content octets of the INTEGER, with the sign octet where it has one. */
  readonly serialNumber: Uint8Array;
}

/**
 * Thunderbird's name for a certificate (`nsIX509Cert.dbKey`): base64 of module and slot (both 0), the lengths of serial
 * and issuer, each 32 bits big-endian, then serial and issuer. It is the same wherever the private key is.
 * @throws AppError input.malformed-der
 */
export function certificateKey(der: Uint8Array): string {
  const { serialNumber, issuer } = issuerAndSerial(der);
  return base64Encode(concatenate([new Uint8Array(8), uint32(serialNumber.length), uint32(issuer.length), serialNumber, issuer]));
}

/** Whether a key read from a preference names this certificate: by what it says, not by how it is spelt. */
export function isCertificateKey(key: string, der: Uint8Array): boolean {
  const named = base64Decode(key);
  const ours = base64Decode(certificateKey(der));
  return named !== undefined && ours !== undefined && compareOctets(named.subarray(8), ours.subarray(8)) === 0;
}

const uint32 = (value: number): Uint8Array => Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);

function issuerAndSerial(der: Uint8Array): IssuerAndSerial {
  const tbs = new DerCursor(new DerCursor(readDer(der)).next(tag.sequence));
  const version = tbs.optional(0xa0);
  if (version !== undefined) only(version, tag.integer);
  const serialNumber = tbs.next(tag.integer).content;
  tbs.next(tag.sequence);
  return { serialNumber, issuer: tbs.next(tag.sequence).whole };
}
