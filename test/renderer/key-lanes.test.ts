import { describe, expect, test } from 'vitest';
import type { CertificateSummary } from '../../main/contract/certificates.ts';
import { earlierBars, keyLanes } from '../../renderer/features/people/key-lanes.ts';

const base: CertificateSummary = {
  id: 'a',
  sha256: '',
  serialNumber: '01',
  subject: '',
  issuer: '',
  emails: ['a@b.example'],
  profile: 'smime-mailbox-multipurpose-sign',
  purpose: 'sign',
  status: 'valid',
  notBefore: '2025-01-01T00:00:00Z',
  notAfter: '2027-01-01T00:00:00Z',
  isAuthority: false,
  isCurrent: true,
  keyId: '',
  keyAlgorithm: 'rsa-3072',
  keyState: 'active',
  keyStore: 'vault',
  personId: null,
  revokedAt: null,
  revocationReason: null,
};
const certificate = (changes: Partial<CertificateSummary>): CertificateSummary => ({ ...base, ...changes });

describe('the lanes of a person’s keys', () => {
  test('an older certificate ends where the next one takes over, and its decryption key is kept', () => {
    const [lane] = keyLanes([
      certificate({ id: 'new', purpose: 'encrypt', notBefore: '2026-06-01T00:00:00Z', notAfter: '2028-06-01T00:00:00Z' }),
      certificate({ id: 'old', purpose: 'encrypt', isCurrent: false }),
    ]);
    expect(lane?.bars.map(({ certificate: { id }, kind, to }) => [id, kind, to.toISOString()])).toEqual([
      ['old', 'kept', '2026-06-01T00:00:00.000Z'],
      ['new', 'in-use', '2028-06-01T00:00:00.000Z'],
    ]);
    expect(lane?.current?.id).toBe('new');
  });

  test('an older signing key is replaced, not kept', () => {
    const lanes = keyLanes([certificate({ id: 'old', isCurrent: false }), certificate({ id: 'new', notBefore: '2026-01-01T00:00:00Z' })]);
    expect(earlierBars(lanes).map(({ kind }) => kind)).toEqual(['replaced']);
  });

  test('a revoked certificate ends when it was revoked, although it is the newest', () => {
    const [lane] = keyLanes([certificate({ status: 'revoked', revokedAt: '2026-03-01T00:00:00Z' })]);
    expect(lane?.bars.map(({ kind, to }) => [kind, to.toISOString()])).toEqual([['revoked', '2026-03-01T00:00:00.000Z']]);
    expect(lane?.current?.revokedAt).toBe('2026-03-01T00:00:00Z');
  });

  test('a bar never ends before it begins', () => {
    const [lane] = keyLanes([
      certificate({ id: 'old', isCurrent: false, notBefore: '2026-05-01T00:00:00Z' }),
      certificate({ id: 'new', notBefore: '2026-01-01T00:00:00Z' }),
    ]);
    for (const { from, to } of lane?.bars ?? []) expect(to.getTime()).toBeGreaterThanOrEqual(from.getTime());
  });

  test('an authority has no lane', () => {
    expect(keyLanes([certificate({ purpose: 'authority', isAuthority: true })])).toEqual([]);
  });
});
