import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor, malformed } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readOid, readSmallInteger, readString } from '../asn1/read-value.ts';
import type { PolicyConstraints, PolicyInformation, PolicyMapping, PolicyQualifier } from './extension-values.ts';

const cpsQualifierOid = '1.3.6.1.5.5.7.2.1';

/** More policies or mappings than this are refused: they multiply along a path. */
const maximumPolicies = 256;

/**
 * certificatePolicies (RFC 5280 section 4.2.1.4): at least one, none twice.
 * @throws AppError input.malformed-der
 */
export function readCertificatePolicies(node: DerNode): PolicyInformation[] {
  const policies: PolicyInformation[] = [];
  const seen = new Set<string>();
  for (const cursor = new DerCursor(node); !cursor.isAtEnd;) {
    const policy = readPolicyInformation(cursor.next(tag.sequence));
    if (seen.has(policy.policyIdentifier)) throw malformed('the same policy twice', node.offset);
    if (seen.size >= maximumPolicies) throw malformed('too many policies', node.offset);
    seen.add(policy.policyIdentifier);
    policies.push(policy);
  }
  if (policies.length === 0) throw malformed('an empty list of policies', node.offset);
  return policies;
}

function readPolicyInformation(node: DerNode): PolicyInformation {
  const cursor = new DerCursor(node);
  const policyIdentifier = readOid(cursor.next(tag.oid));
  const qualifiers = cursor.optional(tag.sequence);
  cursor.finish();
  const policyQualifiers: PolicyQualifier[] = [];
  if (qualifiers === undefined) return { policyIdentifier, policyQualifiers };
  for (const inner = new DerCursor(qualifiers); !inner.isAtEnd;) policyQualifiers.push(readQualifier(inner.next(tag.sequence)));
  return { policyIdentifier, policyQualifiers };
}

function readQualifier(node: DerNode): PolicyQualifier {
  const cursor = new DerCursor(node);
  const policyQualifierId = readOid(cursor.next(tag.oid));
  const qualifier = cursor.next();
  cursor.finish();
  const isCps = policyQualifierId === cpsQualifierOid && qualifier.tag === tag.ia5String;
  return { policyQualifierId, qualifier: qualifier.whole, ...(isCps ? { cPSuri: readString(qualifier) } : {}) };
}

/** policyMappings (RFC 5280 section 4.2.1.5): at least one. */
export function readPolicyMappings(node: DerNode): PolicyMapping[] {
  const mappings: PolicyMapping[] = [];
  for (const cursor = new DerCursor(node); !cursor.isAtEnd;) {
    const pair = new DerCursor(cursor.next(tag.sequence));
    mappings.push({ issuerDomainPolicy: readOid(pair.next(tag.oid)), subjectDomainPolicy: readOid(pair.next(tag.oid)) });
    pair.finish();
    if (mappings.length > maximumPolicies) throw malformed('too many policy mappings', node.offset);
  }
  if (mappings.length === 0) throw malformed('an empty list of policy mappings', node.offset);
  return mappings;
}

/** policyConstraints (RFC 5280 section 4.2.1.11): at least one of its two parts. */
export function readPolicyConstraints(node: DerNode): PolicyConstraints {
  const cursor = new DerCursor(node);
  const explicit = cursor.optional(0x80);
  const inhibit = cursor.optional(0x81);
  cursor.finish();
  if (explicit === undefined && inhibit === undefined) throw malformed('empty policyConstraints', node.offset);
  return {
    ...(explicit === undefined ? {} : { requireExplicitPolicy: readSmallInteger(explicit) }),
    ...(inhibit === undefined ? {} : { inhibitPolicyMapping: readSmallInteger(inhibit) }),
  };
}
