import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { time } from '../../../main/domain/asn1/der-time.ts';
import * as asn1 from '../../../main/domain/asn1/der-writer.ts';
import { algorithmOid, attributeOid, extensionOid } from '../../../main/domain/x509/oid.ts';
import { readCertificate, type Certificate } from '../../../main/domain/x509/read-certificate.ts';
import { readCertificateList, type CertificateList } from '../../../main/domain/x509/read-certificate-list.ts';

/** Builds certificates and CRLs with any fault a test needs; written apart from the code that issues. */

export interface Keys {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface Holder {
  readonly certificate: Certificate;
  readonly keys: Keys;
}

export interface Wish {
  readonly name?: string;
  readonly issuer?: Holder;
  readonly extensions?: readonly Uint8Array[];
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly keys?: Keys;
  readonly subject?: Uint8Array;
  readonly isVersion1?: boolean;
  /** The digest of the ECDSA signature. */
  readonly digest?: 'sha1' | 'sha256';
  /** What stands under the signature when it is to differ from what stands beside it. */
  readonly innerAlgorithm?: Uint8Array;
}

const signatureOids = { sha1: algorithmOid.ecdsaWithSha1, sha256: algorithmOid.ecdsaWithSha256 };

export const newKeys = (): Keys => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

export const nameOf = (...attributes: readonly (readonly [type: string, value: Uint8Array])[]): Uint8Array =>
  asn1.sequence(...attributes.map(([type, value]) => asn1.setOf(asn1.sequence(asn1.oid(type), value))));

export const commonName = (text: string): Uint8Array => nameOf([attributeOid.commonName, asn1.utf8String(text)]);

export const extension = (oid: string, value: Uint8Array, isCritical = false): Uint8Array =>
  asn1.sequence(asn1.oid(oid), ...(isCritical ? [asn1.boolean(true)] : []), asn1.octetString(value));

export const asAuthority = (pathLength?: number): Uint8Array =>
  extension(
    extensionOid.basicConstraints,
    asn1.sequence(asn1.boolean(true), ...(pathLength === undefined ? [] : [asn1.integer(pathLength)])),
    true,
  );

export const keyUsage = (...bits: readonly number[]): Uint8Array =>
  extension(extensionOid.keyUsage, asn1.namedBits(Array.from({ length: 9 }, (_, bit) => bits.includes(bit))), true);

export const extKeyUsage = (...oids: readonly string[]): Uint8Array =>
  extension(extensionOid.extKeyUsage, asn1.sequence(...oids.map((dotted) => asn1.oid(dotted))));

/** `[1]` rfc822Name, `[2]` dNSName, `[6]` URI; `[7]` takes octets. */
export const generalName = (form: 1 | 2 | 6 | 7, value: string | Uint8Array): Uint8Array =>
  asn1.contextPrimitive(form, typeof value === 'string' ? Buffer.from(value) : value);

export const otherName = (oid: string, text: string): Uint8Array => asn1.context(0, asn1.oid(oid), asn1.context(0, asn1.utf8String(text)));

export const subjectAltName = (...names: readonly Uint8Array[]): Uint8Array =>
  extension(extensionOid.subjectAltName, asn1.sequence(...names));

export function nameConstraints(lists: { permitted?: readonly Uint8Array[]; excluded?: readonly Uint8Array[] }): Uint8Array {
  const subtrees = (tag: number, bases: readonly Uint8Array[] | undefined) =>
    bases === undefined ? [] : [asn1.context(tag, ...bases.map((base) => asn1.sequence(base)))];
  return extension(extensionOid.nameConstraints, asn1.sequence(...subtrees(0, lists.permitted), ...subtrees(1, lists.excluded)), true);
}

/** A certificate as wished, by default for a person, valid through the 2020s, self-signed without an issuer. */
export function issue(wish: Wish): Holder {
  const keys = wish.keys ?? newKeys();
  const digest = wish.digest ?? 'sha256';
  const subject = wish.subject ?? commonName(wish.name ?? 'Somebody');
  const tbs = asn1.sequence(
    ...(wish.isVersion1 === true ? [] : [asn1.context(0, asn1.integer(2))]),
    asn1.unsignedInteger(Uint8Array.of(1, ...randomBytes(8))),
    wish.innerAlgorithm ?? asn1.sequence(asn1.oid(signatureOids[digest])),
    wish.issuer?.certificate.subject.der ?? subject,
    asn1.sequence(time(new Date(wish.notBefore ?? '2020-01-01')), time(new Date(wish.notAfter ?? '2029-12-31'))),
    subject,
    keys.publicKey.export({ format: 'der', type: 'spki' }),
    ...(wish.extensions === undefined ? [] : [asn1.context(3, asn1.sequence(...wish.extensions))]),
  );
  return { certificate: readCertificate(signed(tbs, (wish.issuer?.keys ?? keys).privateKey, digest)), keys };
}

export interface ListWish {
  readonly issuer: Holder;
  readonly revoked?: readonly Certificate[];
  readonly thisUpdate?: string;
  readonly nextUpdate?: string | null;
  readonly digest?: 'sha1' | 'sha256';
  readonly extensions?: readonly Uint8Array[];
}

/** A CRL as wished, by default current through the 2020s. */
export function issueList(wish: ListWish): CertificateList {
  const digest = wish.digest ?? 'sha256';
  const revoked = wish.revoked ?? [];
  const entries = revoked.map(({ serialNumber }) =>
    asn1.sequence(asn1.unsignedInteger(Buffer.from(serialNumber, 'hex')), time(new Date('2021-01-01'))),
  );
  const tbs = asn1.sequence(
    asn1.integer(1),
    asn1.sequence(asn1.oid(signatureOids[digest])),
    wish.issuer.certificate.subject.der,
    time(new Date(wish.thisUpdate ?? '2020-01-01')),
    ...(wish.nextUpdate === null ? [] : [time(new Date(wish.nextUpdate ?? '2029-12-31'))]),
    ...(entries.length === 0 ? [] : [asn1.sequence(...entries)]),
    ...(wish.extensions === undefined ? [] : [asn1.context(0, asn1.sequence(...wish.extensions))]),
  );
  return readCertificateList(signed(tbs, wish.issuer.keys.privateKey, digest));
}

function signed(tbs: Uint8Array, privateKey: KeyObject, digest: 'sha1' | 'sha256'): Uint8Array {
  return asn1.sequence(tbs, asn1.sequence(asn1.oid(signatureOids[digest])), asn1.bitString(sign(digest, tbs, privateKey)));
}
