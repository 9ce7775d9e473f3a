import { generalizedTime, time } from '../asn1/der-time.ts';
import * as der from '../asn1/der-writer.ts';
import { hexDecode } from '../encoding/hex.ts';
import { AppError } from '../errors.ts';
import { authorityKeyIdentifierExtension, extension, freshestCRLExtension, issuingDistributionPointExtension } from './extension.ts';
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

/** A recorded revocation as an entry of a list. */
export const listEntryOf = (record: {
  readonly serialNumber: string;
  readonly revokedAt: string;
  readonly reason: RevocationReason;
  readonly invalidityDate: string | null;
}): RevokedCertificate => ({
  serialNumberHex: record.serialNumber,
  revocationTime: new Date(record.revokedAt),
  reason: record.reason,
  ...(record.invalidityDate === null ? {} : { invalidityDate: new Date(record.invalidityDate) }),
});

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
  /** The full list a delta list says the changes to, by its number; a full list without it (RFC 5280 section 5.2.4). */
  readonly baseNumber?: number;
  /** Where the delta lists are to be found, if there are any (RFC 5280 section 5.2.6). */
  readonly freshestUrl?: string;
  /** The address that certificates name for this list, where it says so itself (RFC 5280 section 5.2.5). */
  readonly pointUrl?: string;
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
  const { before, after } = frameOf(fields, der.lengthOf(entries));
  return der.concatenate([before, ...entries, after]);
}

/** What stands before and after entries of that many octets in a TBSCertList. */
function frameOf(fields: Omit<TbsCertificateListFields, 'entries'>, octets: number): { before: Uint8Array; after: Uint8Array } {
  if (fields.nextUpdate.getTime() <= fields.thisUpdate.getTime()) {
    throw new AppError('input.invalid', 'A revocation list must promise its successor for a later time than its own.', {
      field: 'nextUpdate',
    });
  }
  const begin = [der.integer(1), fields.signatureAlgorithm, fields.issuer, time(fields.thisUpdate), time(fields.nextUpdate)];
  if (octets > 0) begin.push(der.header(der.tag.sequence, octets));
  const after = der.context(0, der.tlvOf(der.tag.sequence, listExtensions(fields)));
  const length = der.lengthOf(begin) + octets + after.length;
  return { before: der.concatenate([der.header(der.tag.sequence, length), ...begin]), after };
}

/** What is around the entries of a list whose octets are used as they come, so that it is never in memory whole. */
export interface CertificateListFrame {
  /** The TBSCertList, piece by piece, of entries encoded before. @throws AppError internal when they are others than promised */
  toBeSigned(entries: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array>;
  /** What stands before and after the TBSCertList once it is signed (RFC 5280 section 5.1.1), DER. */
  around(signature: Uint8Array): { readonly before: Uint8Array; readonly after: Uint8Array };
}

/** @throws AppError input.invalid for a nextUpdate that is not after thisUpdate */
export function certificateListFrame(fields: Omit<TbsCertificateListFields, 'entries'>, octetsOfEntries: number): CertificateListFrame {
  const { before, after } = frameOf(fields, octetsOfEntries);
  const length = before.length + octetsOfEntries + after.length;
  return {
    async *toBeSigned(entries) {
      yield before;
      let left = octetsOfEntries;
      for await (const some of entries) {
        left -= some.length;
        if (left < 0) throw otherEntries();
        yield some;
      }
      if (left > 0) throw otherEntries();
      yield after;
    },
    around(signature) {
      const trailer = der.concatenate([fields.signatureAlgorithm, der.bitString(signature)]);
      return { before: der.header(der.tag.sequence, length + trailer.length), after: trailer };
    },
  };
}

const otherEntries = (): AppError => new AppError('internal', 'A revocation list was given other entries than it was made for.');

/** CertificateList, DER, from the TBSCertList, its AlgorithmIdentifier and the signature (RFC 5280 section 5.1.1). */
export const encodeCertificateList = encodeCertificate;

function listExtensions({
  authorityKeyIdentifier,
  number,
  baseNumber,
  freshestUrl,
  pointUrl,
}: Omit<TbsCertificateListFields, 'entries'>): Uint8Array[] {
  return [
    authorityKeyIdentifierExtension(authorityKeyIdentifier),
    cRLNumberExtension(number),
    ...(baseNumber === undefined ? [] : [extension(extensionOid.deltaCRLIndicator, der.integer(baseNumber), true)]),
    ...(pointUrl === undefined ? [] : [issuingDistributionPointExtension(pointUrl)]),
    ...(freshestUrl === undefined ? [] : [freshestCRLExtension(freshestUrl)]),
  ];
}

const cRLNumberExtension = (number: number): Uint8Array => extension(extensionOid.cRLNumber, der.integer(number));

/** An entry of a delta list, DER: what the full list says of this certificate is over, because a hold was (RFC 5280 section 5.3.1). */
export const encodeRemovedFromList = (serialNumberHex: string, at: Date): Uint8Array =>
  encodeEntry(serialNumberHex, at, [reasonExtension('removeFromCRL')]);

/**
 * One entry of revokedCertificates, DER. `unspecified` is said by leaving the reason out (RFC 5280 section 5.3.1).
 * @throws AppError input.invalid for a serial that is not hexadecimal, or removeFromCRL, which belongs to delta lists alone
 */
export function encodeRevokedCertificate(entry: RevokedCertificate): Uint8Array {
  return encodeEntry(entry.serialNumberHex, entry.revocationTime, entryExtensions(entry));
}

function encodeEntry(serialNumberHex: string, at: Date, extensions: readonly Uint8Array[]): Uint8Array {
  const serialNumber = hexDecode(serialNumberHex);
  if (serialNumber === undefined || serialNumber.length === 0) throw notASerialNumber();
  const fields = [der.unsignedInteger(serialNumber), time(at)];
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
