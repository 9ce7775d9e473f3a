import { formatInstant } from '../../asn1/read-time.ts';
import { extensionOid, nameOfOid } from '../oid.ts';
import type { Certificate } from '../read-certificate.ts';
import { revokedCertificates, type CertificateList } from '../read-certificate-list.ts';
import type { SignaturePrimitives } from '../signature-primitives.ts';
import { createContext, finding, type PathContext } from './context.ts';
import type { PathCode, PathFinding } from './result.ts';
import { checkKeyStrength, isSignedBy, isWeak } from './signature.ts';
import { understoodCrlExtensions } from './understood-crl-extensions.ts';

/** The verdict on one CRL by itself, JSON as it stands. */
export interface CrlVerdict {
  /** True exactly when there are no findings. */
  readonly valid: boolean;
  readonly findings: readonly PathFinding[];
  readonly thisUpdate: string;
  readonly nextUpdate: string | null;
  /** Hexadecimal. */
  readonly number: string | null;
  readonly isDelta: boolean;
  /** How many entries it has. */
  readonly revoked: number;
}

export interface CrlQuestion {
  readonly list: CertificateList;
  readonly issuer: Certificate;
  readonly time: Date;
  /** Accepts SHA-1 and RSA keys from 1024 bits; MD5 never. */
  readonly allowWeak?: boolean;
}

/**
 * Whether a CRL is one that `issuer` signed and that counts at that time: name, signature, key usage, algorithm, critical
 * extensions, period (RFC 5280 sections 5 and 6.3.3). Whether `issuer` itself is to be trusted is a question for its path.
 * @throws AppError input.malformed-der at the first entry that cannot be read
 */
export function checkCrl({ list, issuer, time, allowWeak = false }: CrlQuestion, primitives: SignaturePrimitives): CrlVerdict {
  const context = createContext({ target: issuer, anchors: [issuer], time, allowWeak }, primitives);
  const say = (code: PathCode, detail: string) => finding(context, issuer, code, detail);
  const { revoked, hasUnknownCritical } = countEntries(list);
  const findings = [
    ...checkIssuer(context, list, issuer, say),
    ...checkAlgorithm(context, list, issuer, say),
    ...checkExtensions(list, hasUnknownCritical, say),
    ...checkPeriod(list, time, say),
  ];
  return {
    valid: findings.length === 0,
    findings,
    thisUpdate: formatInstant(list.thisUpdate),
    nextUpdate: list.nextUpdate === undefined ? null : formatInstant(list.nextUpdate),
    number: list.extensions.cRLNumber ?? null,
    isDelta: list.extensions.deltaCRLIndicator !== undefined,
    revoked,
  };
}

type Say = (code: PathCode, detail: string) => PathFinding;

function checkIssuer(context: PathContext, list: CertificateList, issuer: Certificate, say: Say): PathFinding[] {
  const findings: PathFinding[] = [];
  const { keyUsage } = issuer.extensions;
  if (context.keyOf(list.issuer) !== context.keyOf(issuer.subject))
    findings.push(say('path.unknown-issuer', 'The list names another issuer.'));
  if (keyUsage !== undefined && !keyUsage.includes('cRLSign'))
    findings.push(say('path.key-usage', 'keyUsage of the issuer lacks cRLSign.'));
  return findings;
}

/** The signature is checked even where its algorithm is weak: both may be wrong. */
function checkAlgorithm(context: PathContext, list: CertificateList, issuer: Certificate, say: Say): PathFinding[] {
  const findings = checkKeyStrength(context, issuer);
  if (!list.isSignatureAlgorithmRepeated) findings.push(say('path.malformed', 'The two signature algorithms differ.'));
  const signed = { algorithm: list.signatureAlgorithm, data: list.tbsCertList, signature: list.signatureValue };
  const isGood = isSignedBy(context, signed, issuer.subjectPublicKeyInfo);
  if (!isGood) findings.push(say('path.signature', 'The signature is not that of the issuer.'));
  if (isWeak(context, list.signatureAlgorithm))
    findings.push(say('path.weak-algorithm', `Signature algorithm ${list.signatureAlgorithm.name} is weak or not supported.`));
  return findings;
}

function checkExtensions(list: CertificateList, hasUnknownCritical: boolean, say: Say): PathFinding[] {
  const unknown = list.rawExtensions.filter(({ oid, isCritical }) => isCritical && !understoodCrlExtensions.has(oid));
  const findings = unknown.map(({ oid }) => say('path.unknown-critical-extension', `Critical extension ${nameOfOid(extensionOid, oid)}.`));
  if (hasUnknownCritical) findings.push(say('path.unknown-critical-extension', 'A critical extension of an entry.'));
  return findings;
}

/** Both ends belong to the period; without nextUpdate nobody knows how long the list counts (RFC 5280 section 5.1.2.5). */
function checkPeriod({ thisUpdate, nextUpdate }: CertificateList, time: Date, say: Say): PathFinding[] {
  const findings: PathFinding[] = [];
  if (nextUpdate === undefined) findings.push(say('path.malformed', 'No nextUpdate.'));
  else if (nextUpdate < thisUpdate) findings.push(say('path.malformed', 'nextUpdate before thisUpdate.'));
  if (time < thisUpdate) findings.push(say('path.not-yet-valid', `Counts from ${formatInstant(thisUpdate)}.`));
  if (nextUpdate !== undefined && time > nextUpdate) findings.push(say('path.expired', `Out of date since ${formatInstant(nextUpdate)}.`));
  return findings;
}

function countEntries(list: CertificateList): { revoked: number; hasUnknownCritical: boolean } {
  let revoked = 0;
  let hasUnknownCritical = false;
  for (const entry of revokedCertificates(list)) {
    revoked++;
    hasUnknownCritical ||= entry.hasUnknownCritical;
  }
  return { revoked, hasUnknownCritical };
}
