import { describe, expect, test } from 'vitest';
import type { CertificateDetails } from '../../main/contract/certificates.ts';
import { chainNodes } from '../../renderer/features/certificates/chain-nodes.tsx';
import { algorithmName, commonName, numberEnding } from '../../renderer/features/certificates/names.ts';
import { certificateNotice } from '../../renderer/features/certificates/notice-words.ts';
import { canRenew, canRevoke, standingOf } from '../../renderer/features/certificates/standing.ts';
import { strengthOf } from '../../renderer/features/certificates/strength.ts';

const now = new Date('2026-11-23T12:00:00Z');

const certificate = (change: Partial<CertificateDetails> = {}): CertificateDetails => ({
  attestation: null,
  id: 'c1',
  sha256: 'aa',
  serialNumber: '4a870e7f2c',
  subject: 'CN=a@ridgeway.example',
  issuer: 'CN=Ridgeway Issuing 1',
  emails: ['a@ridgeway.example'],
  profile: 'smime-mailbox-multipurpose-sign',
  purpose: 'sign',
  status: 'valid',
  notBefore: '2025-11-23T12:00:00Z',
  notAfter: '2028-03-14T12:00:00Z',
  isAuthority: false,
  isCurrent: true,
  keyId: 'k1',
  keyAlgorithm: 'p256',
  keyState: 'active',
  keyStore: 'vault',
  personId: 'p1',
  revokedAt: null,
  revocationReason: null,
  personName: 'Dr. Adaeze Okafor',
  issuerName: 'Ridgeway Issuing 1',
  isOurs: true,
  signatureAlgorithm: 'ecdsaWithSha256',
  chain: [],
  mayHold: true,
  isInKeychain: false,
  findings: [],
  validation: { valid: true, findings: [], path: [], policies: [] },
  latestList: null,
  ...change,
});

const soon = { notAfter: '2026-12-05T12:00:00Z' };
const revoked = { status: 'revoked', revokedAt: '2026-11-23T09:21:04Z', revocationReason: 'keyCompromise' } as const;

describe('how it stands with a certificate', () => {
  test.each([
    [{}, 'fine'],
    [soon, 'soon'],
    [revoked, 'revoked'],
    [{ status: 'expired', notAfter: '2026-10-02T12:00:00Z' }, 'expired'],
    [{ isCurrent: false }, 'replaced'],
    [{ isCurrent: false, purpose: 'encrypt' }, 'kept'],
    [{ isCurrent: false, ...revoked }, 'revoked'],
  ] as const)('%j is %s', (change, standing) => {
    expect(standingOf(certificate(change), now)).toBe(standing);
  });

  test('lets nobody revoke twice, nor an authority’s own', () => {
    expect(canRevoke(certificate())).toBe(true);
    expect(canRevoke(certificate(revoked))).toBe(false);
    expect(canRevoke(certificate({ purpose: 'authority' }))).toBe(false);
  });

  test('offers to renew what is a person’s and in use', () => {
    expect(canRenew(certificate(), now)).toBe(true);
    expect(canRenew(certificate({ personId: null }), now)).toBe(false);
    expect(canRenew(certificate({ isCurrent: false }), now)).toBe(false);
    expect(canRenew(certificate({ keyStore: 'token' }), now)).toBe(false);
    expect(canRenew(certificate({ keyStore: 'token', ...soon }), now)).toBe(true);
  });
});

describe('the notice of a certificate', () => {
  test('says it ends soon and offers to renew', () => {
    const notice = certificateNotice(certificate(soon), now);
    expect(notice).toMatchObject({ state: 'soon', title: 'Good and trusted. Ends in 12 days.', isRenewNext: true });
  });

  test('asks for nothing while all is well', () => {
    expect(certificateNotice(certificate(), now)).toMatchObject({ state: 'fine', isRenewNext: false });
  });

  test('says why it is revoked, and what to do', () => {
    const notice = certificateNotice(certificate(revoked), now);
    expect(notice.title).toBe('Revoked today: lost, stolen or known to somebody else.');
    expect(notice).toMatchObject({ state: 'stopped', isRenewNext: true });
    expect(certificateNotice(certificate({ ...revoked, isCurrent: false }), now).text).toContain('A newer one is in use');
  });

  test('of what another authority issued neither says that it is trusted nor offers to renew it', () => {
    const elsewhere = { isOurs: false, issuerName: 'Public-Mail' };
    const notice = certificateNotice(certificate({ ...elsewhere, ...soon }), now);
    expect(notice.title).toMatch(/^Issued elsewhere, by Public-Mail\. Works until/);
    expect(notice).toMatchObject({ state: 'soon', isRenewNext: false });
    expect(certificateNotice(certificate(elsewhere), now).text).toContain('only they can say');
    const ended = certificateNotice(certificate({ ...elsewhere, status: 'expired', notAfter: '2026-10-02T12:00:00Z' }), now);
    expect(ended).toMatchObject({ text: expect.stringContaining('Old mail still opens'), isRenewNext: false });
    const link = { certificateId: 'r', kind: 'root', notAfter: '2040-01-01T00:00:00Z', status: 'valid', name: 'Public-Root' } as const;
    const person = { ...link, certificateId: 'c1', kind: 'person', name: 'Dr. Adaeze Okafor' } as const;
    const [root, own] = chainNodes(
      certificate({
        ...elsewhere,
        chain: [
          { ...link, isOurs: false },
          { ...person, isOurs: false },
        ],
      }),
      now,
    );
    expect(root).toMatchObject({
      detail: 'An authority elsewhere',
      reasons: [{ text: expect.stringContaining('nobody here has proved') }],
    });
    expect(own?.reasons).toHaveLength(1);
    const ours = chainNodes(
      certificate({
        chain: [
          { ...link, isOurs: true },
          { ...person, isOurs: true },
        ],
      }),
      now,
    );
    expect(ours[1]?.reasons[1]).toEqual({ holds: true, text: 'Not revoked.' });
  });

  test('says why nobody can trust it although its days are not over', () => {
    const finding = { code: 'path.weak-algorithm', certificate: 'aa', detail: '', details: { algorithm: 'sha1' } } as const;
    const notice = certificateNotice(certificate({ validation: { valid: false, findings: [finding], path: ['aa'], policies: [] } }), now);
    expect(notice.state).toBe('stopped');
    expect(notice.title).toContain('sha1');
    expect(notice.text).not.toBe('');
  });
});

describe('names and strength', () => {
  test('a number ends in its last four digits, an authority is called by its common name', () => {
    expect(numberEnding('4a870e7f2c')).toBe('7F2C');
    expect(commonName('CN=Ridgeway\\, Root,O=Ridgeway')).toBe('Ridgeway, Root');
    expect(commonName('O=Ridgeway')).toBe('O=Ridgeway');
  });

  test('algorithms are written as people write them, unknown ones as they are', () => {
    expect(algorithmName('sha256WithRSAEncryption')).toBe('RSA with SHA-256');
    expect(algorithmName('1.2.3')).toBe('1.2.3');
  });

  test('strength follows the key, and a weak path weighs more', () => {
    const weak = { code: 'path.weak-algorithm', certificate: 'aa', detail: '', details: {} } as const;
    expect(strengthOf(certificate())).toBe('beyond');
    expect(strengthOf(certificate({ keyAlgorithm: 'rsa-2048' }))).toBe('until-2030');
    expect(strengthOf(certificate({ validation: { valid: false, findings: [weak], path: [], policies: [] } }))).toBe('weak');
  });
});
