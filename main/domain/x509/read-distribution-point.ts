import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor, malformed, only } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readNamedBits, readOid } from '../asn1/read-value.ts';
import type { AccessDescription, DistributionPoint, DistributionPointName, ReasonFlag } from './extension-values.ts';
import { reasonFlagNames } from './extension-values.ts';
import { readGeneralName, readGeneralNames } from './general-name.ts';
import { readRelativeDistinguishedName } from './read-name.ts';

const maximumEntries = 256;

/**
 * cRLDistributionPoints and freshestCRL (RFC 5280 sections 4.2.1.13 and 4.2.1.15): at least one.
 * @throws AppError input.malformed-der
 */
export function readDistributionPoints(node: DerNode): DistributionPoint[] {
  const points: DistributionPoint[] = [];
  for (const cursor = new DerCursor(node); !cursor.isAtEnd;) {
    points.push(readDistributionPoint(cursor.next(tag.sequence)));
    if (points.length > maximumEntries) throw malformed('too many distribution points', node.offset);
  }
  if (points.length === 0) throw malformed('an empty list of distribution points', node.offset);
  return points;
}

function readDistributionPoint(node: DerNode): DistributionPoint {
  const cursor = new DerCursor(node);
  const name = cursor.optional(0xa0);
  const reasons = cursor.optional(0x81);
  const issuer = cursor.optional(0xa2);
  cursor.finish();
  if (name === undefined && issuer === undefined) throw malformed('a distribution point that names nothing', node.offset);
  return {
    ...(name === undefined ? {} : { distributionPoint: readDistributionPointName(only(name)) }),
    ...(reasons === undefined ? {} : { reasons: readReasonFlags(reasons) }),
    ...(issuer === undefined ? {} : { cRLIssuer: readGeneralNames(issuer) }),
  };
}

/** DistributionPointName: a CHOICE of `[0]` fullName and `[1]` nameRelativeToCRLIssuer. */
export function readDistributionPointName(node: DerNode): DistributionPointName {
  if (node.tag === 0xa0) return { fullName: readGeneralNames(node) };
  if (node.tag === 0xa1) return { nameRelativeToCRLIssuer: readRelativeDistinguishedName(node) };
  throw malformed('a form of distribution point that does not exist', node.offset);
}

export const readReasonFlags = (node: DerNode): ReasonFlag[] => readNamedBits(node, reasonFlagNames);

/** authorityInfoAccess and subjectInfoAccess (RFC 5280 section 4.2.2): at least one. */
export function readAccessDescriptions(node: DerNode): AccessDescription[] {
  const descriptions: AccessDescription[] = [];
  for (const cursor = new DerCursor(node); !cursor.isAtEnd;) {
    const pair = new DerCursor(cursor.next(tag.sequence));
    descriptions.push({ accessMethod: readOid(pair.next(tag.oid)), accessLocation: readGeneralName(pair.next()) });
    pair.finish();
    if (descriptions.length > maximumEntries) throw malformed('too many access descriptions', node.offset);
  }
  if (descriptions.length === 0) throw malformed('an empty list of access descriptions', node.offset);
  return descriptions;
}
