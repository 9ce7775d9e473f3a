import { toDefiniteLengths } from '../asn1/ber.ts';
import { children, DerCursor, only, readDer } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readOid } from '../asn1/read-value.ts';
import { readEncodedObjects, type EncodedObject } from '../encoding/pem.ts';
import { AppError } from '../errors.ts';
import { recognise } from '../inspect/recognise.ts';
import { readCertificate, type Certificate } from '../x509/read-certificate.ts';

const signedData = '1.2.840.113549.1.7.2';
const mostCertificates = 100;

/**
 * The certificates of what an authority sends back: PEM or DER, one or several, or a PKCS #7 file that holds nothing else (RFC 5652
 * section 5.1; BER too).
 * @throws AppError input.empty, input.too-large, input.malformed-der, input.malformed-pem; unsupported for another kind of file
 */
export function readAnswer(bytes: Uint8Array): readonly Certificate[] {
  const found = readEncodedObjects(bytes).flatMap(certificatesIn);
  if (found.length > mostCertificates)
    throw new AppError('input.too-large', 'This file holds too many certificates.', { limit: mostCertificates });
  if (found.length === 0) throw new AppError('input.empty', 'There is no certificate in this file.', { field: 'file' });
  return found.map(readCertificate);
}

function certificatesIn({ der, label }: EncodedObject): Uint8Array[] {
  const type = recognise(der, label);
  if (type === 'certificate') return [der];
  if (type === 'pkcs7') return certificatesOfSignedData(der);
  throw new AppError('unsupported', 'An answer to a request is a certificate or a PKCS #7 file of certificates.', { what: type });
}

/**
 * The certificates that a PKCS #7 file or a signed message holds, DER; none of what is not signed (RFC 5652 section 5.1; BER too).
 * @throws AppError input.malformed-der
 */
export function certificatesOfSignedData(pkcs7: Uint8Array): Uint8Array[] {
  const outer = new DerCursor(readDer(toDefiniteLengths(pkcs7)));
  if (readOid(outer.next(tag.oid)) !== signedData) return [];
  const content = new DerCursor(only(outer.next(0xa0), tag.sequence));
  content.next(tag.integer);
  content.next(tag.set);
  content.next(tag.sequence);
  const certificates = content.optional(0xa0);
  return certificates === undefined ? [] : children(certificates).flatMap((node) => (node.tag === tag.sequence ? [node.whole] : []));
}
