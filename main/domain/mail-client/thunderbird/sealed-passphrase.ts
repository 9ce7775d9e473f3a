import { octetString, oid, sequence } from '../../asn1/der-writer.ts';
import { base64Encode } from '../../encoding/base64.ts';

/** A text as NSS' "secret decoder ring" seals it (`SDRResult` of pk11sdr.c): with a secret key of the profile's own key database. */
export interface SealedText {
  /** CKA_ID of that key. */
  readonly keyId: Uint8Array;
  /** Eight octets. */
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** The one algorithm that every version of NSS opens (des-EDE3-CBC, RFC 8018 appendix B.2.2); the key lies beside the file anyway. */
const tripleDes = '1.2.840.113549.3.7';

/** One line, as Thunderbird keeps it. */
export const writeSealed = ({ keyId, iv, ciphertext }: SealedText): string =>
  base64Encode(sequence(octetString(keyId), sequence(oid(tripleDes), octetString(iv)), octetString(ciphertext)));
