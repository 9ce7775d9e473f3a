import { generalizedTime, time } from '../asn1/der-time.ts';
import * as der from '../asn1/der-writer.ts';
import { hexDecode } from '../encoding/hex.ts';
import { AppError } from '../errors.ts';
import { authorityKeyIdentifierExtension, extension } from './extension.ts';
import { extensionOid } from './oid.ts';
import { reasonCodes, type RevocationReason } from './revocation-reason.ts';
import { encodeCertificate } from './tbs-certificate.ts';

/** One revoked certificate. */
export interface RevokedCertificate {
  readonly serialNumberHex: string;
  readonly revocationTime: Date;
  readonly reason?: RevocationReason;
  /** When the key became unsafe, if that is known and earlier (RFC 5280 section 5.3.2). */
  readonly invalidityDate?: Date;
}

/** What a TBSCertList is made of (RFC 5280 section 5.1.2); octets are DER. */
export interface TbsCertificateListFields {
  /** Name, exactly the octets of the issuer's own subject. */
  readonly issuer: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** cRLNumber: higher in every list an issuer makes. */
  readonly number: number;
  /** The issuer's key identifier, its octets. */
  readonly authorityKeyIdentifier: Uint8Array;
  readonly entries: readonly RevokedCertificate[];
  /** AlgorithmIdentifier the issuer signs with. */
  readonly signatureAlgorithm: Uint8Array;
}

/**
 * TBSCertList of version 2, DER: a full list of one issuer, the octets it signs.
 * @throws AppError input.invalid for an entry that cannot stand in such a list, or a nextUpdate that is not after thisUpdate
 */
export const encodeTbsCertificateList = (fields: TbsCertificateListFields): Uint8Array =>
  encodeTbsCertificateListOf(fields, fields.entries.map(encodeRevokedCertificate));

/** As `encodeTbsCertificateList`, for entries that were encoded before (`encodeRevokedCertificate`), one or many to an array. */
export function encodeTbsCertificateListOf(fields: Omit<TbsCertificateListFields, 'entries'>, entries: readonly Uint8Array[]): Uint8Array {
  if (fields.nextUpdate.getTime() <= fields.thisUpdate.getTime()) {
    throw new AppError('input.invalid', 'A revocation list must promise its successor for a later time than its own.', {
      field: 'nextUpdate',
    });
  }
  return der.sequence(
    der.integer(1),
    fields.signatureAlgorithm,
    fields.issuer,
    time(fields.thisUpdate),
    time(fields.nextUpdate),
    ...(entries.length === 0 ? [] : [der.tlvOf(der.tag.sequence, entries)]),
    der.context(0, der.sequence(authorityKeyIdentifierExtension(fields.authorityKeyIdentifier), cRLNumberExtension(fields.number))),
  );
}

/** CertificateList, DER, from the TBSCertList, its AlgorithmIdentifier and the signature (RFC 5280 section 5.1.1). */
export const encodeCertificateList = encodeCertificate;

const cRLNumberExtension = (number: number): Uint8Array => extension(extensionOid.cRLNumber, der.integer(number));

/**
 * One entry of revokedCertificates, DER. `unspecified` is said by leaving the reason out (RFC 5280 section 5.3.1).
 * @throws AppError input.invalid for a serial that is not hexadecimal, or removeFromCRL, which belongs to delta lists alone
 */
export function encodeRevokedCertificate(entry: RevokedCertificate): Uint8Array {
  const serialNumber = hexDecode(entry.serialNumberHex);
  if (serialNumber === undefined || serialNumber.length === 0) throw notASerialNumber();
  const extensions = entryExtensions(entry);
  const fields = [der.unsignedInteger(serialNumber), time(entry.revocationTime)];
  return der.sequence(...fields, ...(extensions.length === 0 ? [] : [der.tlvOf(der.tag.sequence, extensions)]));
}

function entryExtensions({ reason = 'unspecified', invalidityDate }: RevokedCertificate): Uint8Array[] {
  const extensions: Uint8Array[] = [];
  if (reason === 'removeFromCRL') throw new AppError('input.invalid', 'removeFromCRL belongs in delta lists only.', { field: 'reason' });
  if (reason !== 'unspecified') extensions.push(reasonExtensions[reason]);
  if (invalidityDate !== undefined) extensions.push(extension(extensionOid.invalidityDate, generalizedTime(invalidityDate)));
  return extensions;
}

const reasonExtension = (reason: RevocationReason): Uint8Array => extension(extensionOid.reasonCode, der.enumerated(reasonCodes[reason]));

const reasonExtensions: Readonly<Record<Exclude<RevocationReason, 'unspecified' | 'removeFromCRL'>, Uint8Array>> = {
  keyCompromise: reasonExtension('keyCompromise'),
  cACompromise: reasonExtension('cACompromise'),
  affiliationChanged: reasonExtension('affiliationChanged'),
  superseded: reasonExtension('superseded'),
  cessationOfOperation: reasonExtension('cessationOfOperation'),
  certificateHold: reasonExtension('certificateHold'),
  privilegeWithdrawn: reasonExtension('privilegeWithdrawn'),
  aACompromise: reasonExtension('aACompromise'),
};

const notASerialNumber = (): AppError =>
  new AppError('input.invalid', 'This is not a serial number in hexadecimal.', { field: 'serialNumber' });
