import { context, octetString, oid, sequence, setOf, tag, tlv } from '../asn1/der-writer.ts';
import { bagAttributeOid, bagOid } from './oid.ts';

/** What importers show and pair by (RFC 7292 section 4.2, RFC 2985 section 5.5). */
export interface BagAttributes {
  readonly friendlyName?: string;
  /** The same on a key and its certificate. */
  readonly localKeyId?: Uint8Array;
}

/** SafeBag with an EncryptedPrivateKeyInfo (RFC 7292 section 4.2.2). */
export const shroudedKeyBag = (encryptedPrivateKeyInfo: Uint8Array, attributes: BagAttributes): Uint8Array =>
  safeBag(bagOid.pkcs8ShroudedKeyBag, encryptedPrivateKeyInfo, attributes);

/** SafeBag with an X.509 certificate (RFC 7292 section 4.2.3). */
export const certificateBag = (certificate: Uint8Array, attributes: BagAttributes): Uint8Array =>
  safeBag(bagOid.certBag, sequence(oid(bagOid.x509Certificate), context(0, octetString(certificate))), attributes);

function safeBag(type: string, value: Uint8Array, { friendlyName, localKeyId }: BagAttributes): Uint8Array {
  const attributes: Uint8Array[] = [];
  if (friendlyName !== undefined) attributes.push(attribute(bagAttributeOid.friendlyName, bmpString(friendlyName)));
  if (localKeyId !== undefined) attributes.push(attribute(bagAttributeOid.localKeyId, octetString(localKeyId)));
  const bag = [oid(type), context(0, value)];
  return attributes.length === 0 ? sequence(...bag) : sequence(...bag, setOf(...attributes));
}

const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(oid(type), setOf(value));

/** BMPString of UTF-16 code units, which is how importers read characters beyond the first plane. */
function bmpString(text: string): Uint8Array {
  const wellFormed = text.toWellFormed();
  const octets = new Uint8Array(wellFormed.length * 2);
  for (let at = 0; at < wellFormed.length; at++) {
    const unit = wellFormed.charCodeAt(at);
    octets[at * 2] = unit >> 8;
    octets[at * 2 + 1] = unit & 0xff;
  }
  return tlv(tag.bmpString, octets);
}
