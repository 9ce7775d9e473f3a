import { extensionOid } from '../oid.ts';
import { isCritical, type Certificate } from '../read-certificate.ts';
import type { PathContext } from './context.ts';
import { finding, isSelfIssued } from './context.ts';
import type { PathFinding } from './result.ts';

/** Extensions no authority that follows RFC 5280 marks critical (sections 4.2.1.1 and 4.2.1.2). */
const neverCritical = ['authorityKeyIdentifier', 'subjectKeyIdentifier'] as const;
/** And those it always marks critical (sections 4.2.1.10, 4.2.1.11 and 4.2.1.14). */
const alwaysCritical = ['nameConstraints', 'policyConstraints', 'inhibitAnyPolicy'] as const;

/**
 * What no certificate may be, though the algorithm of RFC 5280 section 6 does not ask: certificates that speak of
 * authority without having it, or bid others to refuse them for an identifier.
 */
export function checkContradictions(context: PathContext, certificate: Certificate): PathFinding[] {
  const { basicConstraints, keyUsage, nameConstraints } = certificate.extensions;
  const say = (what: string, detail: string): PathFinding => finding(context, certificate, 'path.malformed', detail, { what });
  const isAuthority = basicConstraints?.cA === true;
  const findings = neverCritical
    .filter((name) => isCritical(certificate, extensionOid[name]))
    .map((name) => say(name, `${name} is critical, which it must not be.`));
  if (!isAuthority && nameConstraints !== undefined) findings.push(say('nameConstraints', 'nameConstraints without being an authority.'));
  if (!isAuthority && keyUsage?.includes('keyCertSign') === true) findings.push(say('keyUsage', 'keyCertSign without being an authority.'));
  return findings;
}

/** The profile of RFC 5280 section 4, for who asks for it: much in use does not keep to it, and a path holds without. */
export function checkProfile(context: PathContext, certificate: Certificate, isAnchor: boolean): PathFinding[] {
  if (context.request.strict !== true) return [];
  const { extensions, serialNumber } = certificate;
  const isAuthority = extensions.basicConstraints?.cA === true;
  const needsIssuerId = !(isAnchor && isSelfIssued(context, certificate));
  const lacks: readonly [string, boolean][] = [
    ['authorityKeyIdentifier', needsIssuerId && extensions.authorityKeyIdentifier?.keyIdentifier === undefined],
    ['subjectKeyIdentifier', isAuthority && extensions.subjectKeyIdentifier === undefined],
    ['basicConstraints', isAuthority && !isCritical(certificate, extensionOid.basicConstraints)],
    ...alwaysCritical.map((name): [string, boolean] => [name, isUncritical(certificate, extensionOid[name])]),
    ['serialNumber', !isSerialNumber(serialNumber)],
  ];
  return lacks
    .filter(([, isWrong]) => isWrong)
    .map(([what]) => finding(context, certificate, 'path.malformed', `${what} is not as RFC 5280 asks.`, { what }));
}

const isUncritical = (certificate: Certificate, wanted: string): boolean =>
  certificate.rawExtensions.some(({ oid, isCritical: must }) => oid === wanted && !must);

/** Above zero and of twenty octets at most (RFC 5280 section 4.1.2.2). */
const isSerialNumber = (serial: string): boolean => !/^(-.*|0*)$/.test(serial) && (serial.length < 40 || /^[0-7].{39}$/.test(serial));
