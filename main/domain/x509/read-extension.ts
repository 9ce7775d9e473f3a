import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor, malformed, only } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readBoolean, readIntegerHex, readNamedBits, readOid, readSmallInteger } from '../asn1/read-value.ts';
import type * as values from './extension-values.ts';
import { keyUsageNames } from './extension-values.ts';
import { readGeneralNames } from './general-name.ts';
import { extensionOid } from './oid.ts';
import { readCertificatePolicies, readPolicyConstraints, readPolicyMappings } from './read-policies.ts';
import { readAccessDescriptions, readDistributionPoints } from './read-distribution-point.ts';
import { readNameConstraints } from './read-name-constraints.ts';
import { readSmimeCapabilities } from './read-smime-capabilities.ts';

/** More extensions than this are refused. */
const maximumExtensions = 128;

/** An extension with its value still in place. */
export interface ExtensionNode {
  readonly oid: string;
  readonly isCritical: boolean;
  readonly value: DerNode;
}

/**
 * Extensions (RFC 5280 section 4.1): a SEQUENCE OF at least one, none twice (section 4.2). An explicit `critical FALSE`,
 * which DER leaves out, is read all the same: too many certificates in use carry it.
 * @throws AppError input.malformed-der
 */
export function readExtensions(node: DerNode): ExtensionNode[] {
  const extensions: ExtensionNode[] = [];
  const seen = new Set<string>();
  for (const cursor = new DerCursor(node); !cursor.isAtEnd;) {
    const entry = cursor.next(tag.sequence);
    const extension = readExtension(entry);
    if (seen.has(extension.oid)) throw malformed('the same extension twice', entry.offset);
    if (seen.size >= maximumExtensions) throw malformed('too many extensions', entry.offset);
    seen.add(extension.oid);
    extensions.push(extension);
  }
  if (extensions.length === 0) throw malformed('an empty list of extensions', node.offset);
  return extensions;
}

function readExtension(node: DerNode): ExtensionNode {
  const cursor = new DerCursor(node);
  const oid = readOid(cursor.next(tag.oid));
  const critical = cursor.optional(tag.boolean);
  const value = cursor.next(tag.octetString);
  cursor.finish();
  return { oid, isCritical: critical !== undefined && readBoolean(critical), value };
}

type Writable<T> = { -readonly [P in keyof T]: T[P] };
type Draft = Writable<values.CertificateExtensions>;

/** One reader for each extension Keyward decodes; every other one lands in `unknown`. */
const readers = new Map<string, (draft: Draft, value: DerNode) => void>([
  [extensionOid.basicConstraints, (draft, value) => void (draft.basicConstraints = readBasicConstraints(only(value, tag.sequence)))],
  [extensionOid.keyUsage, (draft, value) => void (draft.keyUsage = readKeyUsage(only(value, tag.bitString)))],
  [extensionOid.extKeyUsage, (draft, value) => void (draft.extKeyUsage = readExtKeyUsage(only(value, tag.sequence)))],
  [extensionOid.subjectKeyIdentifier, (draft, value) => void (draft.subjectKeyIdentifier = only(value, tag.octetString).content)],
  [
    extensionOid.authorityKeyIdentifier,
    (draft, value) => void (draft.authorityKeyIdentifier = readAuthorityKeyIdentifier(only(value, tag.sequence))),
  ],
  [extensionOid.subjectAltName, (draft, value) => void (draft.subjectAltName = readGeneralNames(only(value, tag.sequence)))],
  [extensionOid.issuerAltName, (draft, value) => void (draft.issuerAltName = readGeneralNames(only(value, tag.sequence)))],
  [
    extensionOid.certificatePolicies,
    (draft, value) => void (draft.certificatePolicies = readCertificatePolicies(only(value, tag.sequence))),
  ],
  [extensionOid.policyMappings, (draft, value) => void (draft.policyMappings = readPolicyMappings(only(value, tag.sequence)))],
  [extensionOid.policyConstraints, (draft, value) => void (draft.policyConstraints = readPolicyConstraints(only(value, tag.sequence)))],
  [extensionOid.inhibitAnyPolicy, (draft, value) => void (draft.inhibitAnyPolicy = readSmallInteger(only(value, tag.integer)))],
  [extensionOid.nameConstraints, (draft, value) => void (draft.nameConstraints = readNameConstraints(only(value, tag.sequence)))],
  [
    extensionOid.cRLDistributionPoints,
    (draft, value) => void (draft.cRLDistributionPoints = readDistributionPoints(only(value, tag.sequence))),
  ],
  [extensionOid.freshestCRL, (draft, value) => void (draft.freshestCRL = readDistributionPoints(only(value, tag.sequence)))],
  [
    extensionOid.authorityInfoAccess,
    (draft, value) => void (draft.authorityInfoAccess = readAccessDescriptions(only(value, tag.sequence))),
  ],
  [extensionOid.subjectInfoAccess, (draft, value) => void (draft.subjectInfoAccess = readAccessDescriptions(only(value, tag.sequence)))],
  [extensionOid.smimeCapabilities, (draft, value) => void (draft.smimeCapabilities = readSmimeCapabilities(only(value, tag.sequence)))],
  [extensionOid.ocspNoCheck, (draft, value) => void (only(value, tag.null), (draft.ocspNoCheck = true))],
]);

/**
 * Extensions of a certificate as a typed record.
 * @throws AppError input.malformed-der when a known extension is not what its standard defines.
 */
export function decodeExtensions(extensions: readonly ExtensionNode[]): values.CertificateExtensions {
  const unknown: values.RawExtension[] = [];
  const draft: Draft = { unknown };
  for (const extension of extensions) {
    const read = readers.get(extension.oid);
    if (read === undefined) unknown.push(rawExtension(extension));
    else read(draft, extension.value);
  }
  return draft;
}

/** The extension with its value as octets. */
export const rawExtension = ({ oid, isCritical, value }: ExtensionNode): values.RawExtension => ({ oid, isCritical, value: value.content });

function readBasicConstraints(node: DerNode): values.BasicConstraints {
  const cursor = new DerCursor(node);
  const flag = cursor.optional(tag.boolean);
  const length = cursor.optional(tag.integer);
  cursor.finish();
  const cA = flag !== undefined && readBoolean(flag);
  return length === undefined ? { cA } : { cA, pathLenConstraint: readSmallInteger(length) };
}

function readKeyUsage(node: DerNode): values.KeyUsageName[] {
  return readNamedBits(node, keyUsageNames);
}

function readExtKeyUsage(node: DerNode): string[] {
  const purposes: string[] = [];
  for (const cursor = new DerCursor(node); !cursor.isAtEnd;) purposes.push(readOid(cursor.next(tag.oid)));
  if (purposes.length === 0) throw malformed('an empty extKeyUsage', node.offset);
  return purposes;
}

/** AuthorityKeyIdentifier (RFC 5280 section 4.2.1.1): in certificates and in CRLs. */
export function readAuthorityKeyIdentifier(node: DerNode): values.AuthorityKeyIdentifier {
  const cursor = new DerCursor(node);
  const keyIdentifier = cursor.optional(0x80)?.content;
  const issuer = cursor.optional(0xa1);
  const serial = cursor.optional(0x82);
  cursor.finish();
  return {
    ...(keyIdentifier === undefined ? {} : { keyIdentifier }),
    ...(issuer === undefined ? {} : { authorityCertIssuer: readGeneralNames(issuer) }),
    ...(serial === undefined ? {} : { authorityCertSerialNumber: readIntegerHex(serial) }),
  };
}
