import type { CertificateSummary } from '../../../main/contract/certificates.ts';
import type { ModuleSummary, TokenSummary } from '../../../main/contract/tokens.ts';

const signing: CertificateSummary = {
  id: 'c1',
  sha256: 'aa',
  serialNumber: '4a870e7f2c',
  subject: 'CN=a.okafor@ridgeway.example',
  issuer: 'CN=Ridgeway Issuing 1',
  emails: ['a.okafor@ridgeway.example'],
  profile: 'smime-mailbox-multipurpose-sign',
  purpose: 'sign',
  status: 'valid',
  notBefore: '2026-03-14T12:00:00Z',
  notAfter: '2028-03-14T12:00:00Z',
  isAuthority: false,
  isCurrent: true,
  keyId: 'k1',
  keyAlgorithm: 'p256',
  keyState: 'active',
  keyStore: 'token',
  personId: 'p1',
  revokedAt: null,
  revocationReason: null,
};

const okafors: TokenSummary = {
  serialNumber: '00a9f3d24471',
  label: 'Ridgeway staff',
  manufacturer: 'Yubico',
  model: 'YubiKey 5 NFC',
  module: 'OpenSC',
  reader: 'HID Omnikey 3121',
  pin: 'fine',
  isPinTypedAtReader: false,
  pinLength: { minimum: 6, maximum: 8 },
  unlockCode: 'fine',
  tries: { pin: null, unlockCode: null },
  isUnlockCodeFactory: null,
  isManagementKeyFactory: null,
  isManagementKeyKept: false,
  isUnlockCodeKept: false,
  algorithms: ['p256', 'rsa-2048'],
  abilities: { kind: 'card', opens: ['rsa', 'ec'], takesKeys: true, keysBy: 'pin' },
  personId: 'p1',
  personName: 'Dr. Adaeze Okafor',
  certificates: [signing],
  authorities: [],
  attestations: [],
  unfinished: false,
  isEnrolmentBegun: false,
  lostAt: null,
};

/** The signing certificate on a card. */
export const signingCertificate = (change: Partial<CertificateSummary> = {}): CertificateSummary => ({ ...signing, ...change });

/** A card with a signing key on it, good for more than a year. */
export const sampleCard = (change: Partial<TokenSummary> = {}): TokenSummary => ({ ...okafors, ...change });

/** A card with nothing on it. */
export const emptyCard = (change: Partial<TokenSummary> = {}): TokenSummary =>
  sampleCard({ serialNumber: '00a9f3d20812', label: 'New card', personId: null, personName: null, certificates: [], ...change });

/** A driver that works. */
export const sampleDriver = (change: Partial<ModuleSummary> = {}): ModuleSummary => ({
  name: 'OpenSC',
  library: '/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so',
  state: 'working',
  error: null,
  ...change,
});
