import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor, malformed, only } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readBoolean, readIntegerHex } from '../asn1/read-value.ts';
import type {
  AccessDescription,
  AuthorityKeyIdentifier,
  DistributionPoint,
  DistributionPointName,
  RawExtension,
  ReasonFlag,
} from './extension-values.ts';
import type { GeneralName } from './general-name.ts';
import { readGeneralNames } from './general-name.ts';
import { extensionOid } from './oid.ts';
import { readAccessDescriptions, readDistributionPointName, readDistributionPoints, readReasonFlags } from './read-distribution-point.ts';
import type { ExtensionNode } from './read-extension.ts';
import { rawExtension, readAuthorityKeyIdentifier } from './read-extension.ts';

/** IssuingDistributionPoint (RFC 5280 section 5.2.5). */
export interface IssuingDistributionPoint {
  readonly distributionPoint?: DistributionPointName;
  readonly onlyContainsUserCerts: boolean;
  readonly onlyContainsCACerts: boolean;
  readonly onlySomeReasons?: readonly ReasonFlag[];
  readonly indirectCRL: boolean;
  readonly onlyContainsAttributeCerts: boolean;
}

/** Extensions of a CRL by their names in RFC 5280 section 5.2; absent ones are absent. */
export interface CertificateListExtensions {
  readonly authorityKeyIdentifier?: AuthorityKeyIdentifier;
  readonly issuerAltName?: readonly GeneralName[];
  /** Hexadecimal, as a serial number. */
  readonly cRLNumber?: string;
  /** BaseCRLNumber of a delta CRL, hexadecimal. */
  readonly deltaCRLIndicator?: string;
  readonly issuingDistributionPoint?: IssuingDistributionPoint;
  readonly freshestCRL?: readonly DistributionPoint[];
  readonly authorityInfoAccess?: readonly AccessDescription[];
  readonly unknown: readonly RawExtension[];
}

type Draft = { -readonly [P in keyof CertificateListExtensions]: CertificateListExtensions[P] };

const readers = new Map<string, (draft: Draft, value: DerNode) => void>([
  [
    extensionOid.authorityKeyIdentifier,
    (draft, value) => void (draft.authorityKeyIdentifier = readAuthorityKeyIdentifier(only(value, tag.sequence))),
  ],
  [extensionOid.issuerAltName, (draft, value) => void (draft.issuerAltName = readGeneralNames(only(value, tag.sequence)))],
  [extensionOid.cRLNumber, (draft, value) => void (draft.cRLNumber = readIntegerHex(only(value, tag.integer)))],
  [extensionOid.deltaCRLIndicator, (draft, value) => void (draft.deltaCRLIndicator = readIntegerHex(only(value, tag.integer)))],
  [
    extensionOid.issuingDistributionPoint,
    (draft, value) => void (draft.issuingDistributionPoint = readIssuingDistributionPoint(only(value, tag.sequence))),
  ],
  [extensionOid.freshestCRL, (draft, value) => void (draft.freshestCRL = readDistributionPoints(only(value, tag.sequence)))],
  [
    extensionOid.authorityInfoAccess,
    (draft, value) => void (draft.authorityInfoAccess = readAccessDescriptions(only(value, tag.sequence))),
  ],
]);

/**
 * Extensions of a CRL as a typed record.
 * @throws AppError input.malformed-der when a known extension is not what RFC 5280 section 5.2 defines.
 */
export function decodeCertificateListExtensions(extensions: readonly ExtensionNode[]): CertificateListExtensions {
  const unknown: RawExtension[] = [];
  const draft: Draft = { unknown };
  for (const extension of extensions) {
    const read = readers.get(extension.oid);
    if (read === undefined) unknown.push(rawExtension(extension));
    else read(draft, extension.value);
  }
  return draft;
}

function readIssuingDistributionPoint(node: DerNode): IssuingDistributionPoint {
  const cursor = new DerCursor(node);
  const name = cursor.optional(0xa0);
  const onlyContainsUserCerts = readFlag(cursor.optional(0x81));
  const onlyContainsCACerts = readFlag(cursor.optional(0x82));
  const reasons = cursor.optional(0x83);
  const indirectCRL = readFlag(cursor.optional(0x84));
  const onlyContainsAttributeCerts = readFlag(cursor.optional(0x85));
  cursor.finish();
  if ([onlyContainsUserCerts, onlyContainsCACerts, onlyContainsAttributeCerts].filter(Boolean).length > 1) {
    throw malformed('an issuing distribution point that excludes everything', node.offset);
  }
  return {
    onlyContainsUserCerts,
    onlyContainsCACerts,
    indirectCRL,
    onlyContainsAttributeCerts,
    ...(name === undefined ? {} : { distributionPoint: readDistributionPointName(only(name)) }),
    ...(reasons === undefined ? {} : { onlySomeReasons: readReasonFlags(reasons) }),
  };
}

const readFlag = (node: DerNode | undefined): boolean => node !== undefined && readBoolean(node);
