/** Object identifiers in dotted decimal, by the names their standards give them. The one table for reading and writing. */

/** Attribute types of a distinguished name (X.520, RFC 4519, RFC 2985, ETSI EN 319 412-1). */
export const attributeOid = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  serialNumber: '2.5.4.5',
  countryName: '2.5.4.6',
  localityName: '2.5.4.7',
  stateOrProvinceName: '2.5.4.8',
  streetAddress: '2.5.4.9',
  organizationName: '2.5.4.10',
  organizationalUnitName: '2.5.4.11',
  title: '2.5.4.12',
  description: '2.5.4.13',
  postalCode: '2.5.4.17',
  name: '2.5.4.41',
  givenName: '2.5.4.42',
  initials: '2.5.4.43',
  generationQualifier: '2.5.4.44',
  dnQualifier: '2.5.4.46',
  pseudonym: '2.5.4.65',
  organizationIdentifier: '2.5.4.97',
  userId: '0.9.2342.19200300.100.1.1',
  domainComponent: '0.9.2342.19200300.100.1.25',
  emailAddress: '1.2.840.113549.1.9.1',
} as const;

/** Certificate and CRL extensions (RFC 5280 sections 4.2 and 5.2, 5.3; RFC 6960; RFC 8551). */
export const extensionOid = {
  subjectDirectoryAttributes: '2.5.29.9',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  cRLNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaCRLIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  nameConstraints: '2.5.29.30',
  cRLDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extKeyUsage: '2.5.29.37',
  freshestCRL: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  qcStatements: '1.3.6.1.5.5.7.1.3',
  subjectInfoAccess: '1.3.6.1.5.5.7.1.11',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  smimeCapabilities: '1.2.840.113549.1.9.15',
  netscapeCertType: '2.16.840.1.113730.1.1',
} as const;

/** Extended key usages (RFC 5280 section 4.2.1.12). */
export const extendedKeyUsageOid = {
  anyExtendedKeyUsage: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
} as const;

/** Public key and signature algorithms (RFC 4055, RFC 5480, RFC 5758, RFC 8410). */
export const algorithmOid = {
  rsaEncryption: '1.2.840.113549.1.1.1',
  md5WithRSAEncryption: '1.2.840.113549.1.1.4',
  sha1WithRSAEncryption: '1.2.840.113549.1.1.5',
  rsaesOaep: '1.2.840.113549.1.1.7',
  mgf1: '1.2.840.113549.1.1.8',
  rsassaPss: '1.2.840.113549.1.1.10',
  sha256WithRSAEncryption: '1.2.840.113549.1.1.11',
  sha384WithRSAEncryption: '1.2.840.113549.1.1.12',
  sha512WithRSAEncryption: '1.2.840.113549.1.1.13',
  ecPublicKey: '1.2.840.10045.2.1',
  ecdsaWithSha1: '1.2.840.10045.4.1',
  ecdsaWithSha224: '1.2.840.10045.4.3.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  ecdsaWithSha384: '1.2.840.10045.4.3.3',
  ecdsaWithSha512: '1.2.840.10045.4.3.4',
  x25519: '1.3.101.110',
  x448: '1.3.101.111',
  ed25519: '1.3.101.112',
  ed448: '1.3.101.113',
} as const;

/** Named curves (RFC 5480 section 2.1.1.1). */
export const curveOid = { p256: '1.2.840.10045.3.1.7', p384: '1.3.132.0.34', p521: '1.3.132.0.35' } as const;

/** Digests (RFC 8017 appendix B.1). */
export const digestOid = {
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const;

/** Content encryption named in smimeCapabilities (RFC 3565, RFC 8551 section 2.5.2). */
export const contentEncryptionOid = {
  aes128Cbc: '2.16.840.1.101.3.4.1.2',
  aes192Cbc: '2.16.840.1.101.3.4.1.22',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
} as const;

/** Access methods of authorityInfoAccess (RFC 5280 section 4.2.2.1). */
export const accessMethodOid = { ocsp: '1.3.6.1.5.5.7.48.1', caIssuers: '1.3.6.1.5.5.7.48.2' } as const;

/** GeneralName.otherName types (RFC 9598; the Windows user principal name). */
export const otherNameOid = { smtpUtf8Mailbox: '1.3.6.1.5.5.7.8.9', userPrincipalName: '1.3.6.1.4.1.311.20.2.3' } as const;

/** Certificate policies: RFC 5280 anyPolicy and the S/MIME Baseline Requirements section 7.1.6.1. */
export const policyOid = {
  anyPolicy: '2.5.29.32.0',
  smimeMailboxLegacy: '2.23.140.1.5.1.1',
  smimeMailboxMultipurpose: '2.23.140.1.5.1.2',
  smimeMailboxStrict: '2.23.140.1.5.1.3',
  smimeOrganizationLegacy: '2.23.140.1.5.2.1',
  smimeOrganizationMultipurpose: '2.23.140.1.5.2.2',
  smimeOrganizationStrict: '2.23.140.1.5.2.3',
  smimeSponsorLegacy: '2.23.140.1.5.3.1',
  smimeSponsorMultipurpose: '2.23.140.1.5.3.2',
  smimeSponsorStrict: '2.23.140.1.5.3.3',
  smimeIndividualLegacy: '2.23.140.1.5.4.1',
  smimeIndividualMultipurpose: '2.23.140.1.5.4.2',
  smimeIndividualStrict: '2.23.140.1.5.4.3',
} as const;

const namesByTable = new WeakMap<Readonly<Record<string, string>>, ReadonlyMap<string, string>>();

/** The name a table gives a dotted OID, or the OID itself where the table has none. */
export function nameOfOid(table: Readonly<Record<string, string>>, dotted: string): string {
  const names = namesByTable.get(table) ?? new Map(Object.entries(table).map(([name, oid]) => [oid, name]));
  namesByTable.set(table, names);
  return names.get(dotted) ?? dotted;
}
