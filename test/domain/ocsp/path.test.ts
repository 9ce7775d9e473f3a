import { afterAll, describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../../main/adapters/primitives/node.ts';
import * as asn1 from '../../../main/domain/asn1/der-writer.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { checkOcspResponse } from '../../../main/domain/x509/path-validation/check-ocsp-response.ts';
import type { PathRequest } from '../../../main/domain/x509/path-validation/request.ts';
import { validatePath } from '../../../main/domain/x509/path-validation/validate-path.ts';
import { readOcspResponse } from '../../../main/domain/x509/ocsp/read-response.ts';
import { extendedKeyUsageOid, extensionOid } from '../../../main/domain/x509/oid.ts';
import { extension, extKeyUsage, issue, issueList, keyUsage, type Holder } from '../path-validation/authority.ts';
import { OpensslWorkshop } from '../reading/openssl.ts';
import { answerByOpenssl, newAuthority, newResponder, type Answer } from './openssl-responder.ts';

const workshop = new OpensslWorkshop();
afterAll(() => workshop.close());

const root = newAuthority('Root');
const authority = newAuthority('Authority', root);
const responder = newResponder(authority);
const leaf = issue({ issuer: authority });
/** A little after every response that is made here. */
const now = new Date(Date.now() + 3_600_000);
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);

const responseFor = (answer: Partial<Answer>): Uint8Array =>
  answerByOpenssl(workshop, { status: 'V', responder, issuer: authority, target: leaf, ...answer });

function verdict(response: Uint8Array, question: Partial<PathRequest> = {}): string[] {
  const { findings } = validatePath(
    {
      target: leaf.certificate,
      anchors: [root.certificate],
      pool: [authority.certificate],
      ocspResponses: [readOcspResponse(response)],
      crls: [issueList({ issuer: root })],
      time: now,
      requireRevocation: true,
      ...question,
    },
    nodePrimitives,
  );
  return findings.map(({ code }) => code);
}

const check = (response: Uint8Array, certificate: Holder = leaf, issuer: Holder = authority, time = now) =>
  checkOcspResponse(
    { response: readOcspResponse(response), issuer: issuer.certificate, certificate: certificate.certificate, time },
    nodePrimitives,
  );

describe('an OCSP response by openssl', () => {
  it('is good news from a delegate and from the issuer itself, by name and by key', () => {
    expect(verdict(responseFor({}))).toEqual([]);
    expect(verdict(responseFor({ options: ['-resp_key_id'] }))).toEqual([]);
    expect(verdict(responseFor({ responder: authority }))).toEqual([]);
    expect(check(responseFor({}))).toMatchObject({ valid: true, status: 'good', findings: [], responseStatus: 'successful' });
  });

  it('revokes, with its reason, whether it is asked to be known or not', () => {
    const response = responseFor({ status: 'R' });
    expect(verdict(response)).toEqual(['path.revoked']);
    expect(verdict(response, { requireRevocation: false })).toEqual(['path.revoked']);
    expect(check(response)).toMatchObject({ valid: false, status: 'revoked', revokedAt: '2026-01-01T12:00:00Z', reason: 'keyCompromise' });
  });

  it('revokes still when it has run out, and is good no more', () => {
    const [good, revoked] = [responseFor({}), responseFor({ status: 'R' })];
    const crls = [issueList({ issuer: root })];
    expect(verdict(good, { time: days(5), crls })).toEqual(['path.revocation-unknown']);
    expect(verdict(good, { time: days(-1), crls })).toEqual(['path.revocation-unknown']);
    expect(verdict(revoked, { time: days(5), crls })).toEqual(['path.revoked']);
    expect(check(good, leaf, authority, days(5)).findings).toMatchObject([{ code: 'path.expired' }]);
    expect(check(good, leaf, authority, days(-1)).findings).toMatchObject([{ code: 'path.not-yet-valid' }]);
  });

  it('leaves unknown what its responder does not know, or another certificate was meant', () => {
    expect(verdict(responseFor({ status: undefined }))).toEqual(['path.revocation-unknown']);
    expect(check(responseFor({ status: undefined }))).toMatchObject({ valid: false, status: 'unknown' });
    const other = responseFor({ target: issue({ issuer: authority }) });
    expect(verdict(other)).toEqual(['path.revocation-unknown']);
    expect(check(other)).toMatchObject({ valid: false, findings: [{ code: 'path.revocation-unknown' }] });
  });

  it('counts for nothing without nextUpdate', () => {
    const response = responseFor({ days: 'unsaid' });
    expect(readOcspResponse(response).basic?.responses[0]?.nextUpdate).toBeUndefined();
    expect(verdict(response)).toEqual(['path.revocation-unknown']);
  });

  it('counts for nothing when one octet of it is changed', () => {
    const response = responseFor({});
    const { basic } = readOcspResponse(response);
    const at = Buffer.from(response).indexOf(Buffer.from(basic?.tbsResponseData ?? [])) + (basic?.tbsResponseData.length ?? 0) - 2;
    const changed = response.with(at, response[at] === 0x30 ? 0x31 : 0x30);
    const status = (() => {
      try {
        return verdict(changed);
      } catch (error) {
        return [error instanceof AppError ? error.code : 'crash'];
      }
    })();
    expect(status).not.toEqual([]);
    expect(status).not.toEqual(['crash']);
  });
});

describe('whoever signs an OCSP response', () => {
  const [digitalSignature, keyCertSign] = [0, 5];
  const ocspSigning = extKeyUsage(extendedKeyUsageOid.ocspSigning);

  it.each([
    ['is certified by another authority', () => newResponder(newAuthority('Other', root))],
    ['is certified by an authority that only bears the name', () => newResponder(newAuthority('Authority'))],
    ['is not certified for OCSP', () => issue({ name: 'Responder', issuer: authority, extensions: [keyUsage(digitalSignature)] })],
    [
      'may use its key for anything, which is not for OCSP',
      () => issue({ name: 'Responder', issuer: authority, extensions: [extKeyUsage(extendedKeyUsageOid.anyExtendedKeyUsage)] }),
    ],
    ['may not sign with its key', () => newResponder(authority, { extensions: [keyUsage(keyCertSign), ocspSigning] })],
    ['has run out', () => newResponder(authority, { notAfter: '2025-01-01' })],
    ['is certified with SHA-1', () => newResponder(authority, { digest: 'sha1' })],
    [
      'has a critical extension nobody understands',
      () => newResponder(authority, { extensions: [ocspSigning, extension('1.3.6.1.4.1.99999.1', asn1.nullValue(), true)] }),
    ],
    ['is the person whose certificate it is', () => leaf],
  ])('is not believed when it %s', (_, signer) => {
    const response = responseFor({ responder: signer() });
    expect(verdict(response)).toEqual(['path.revocation-unknown']);
    expect(check(response).findings).toMatchObject([{ code: 'path.signature' }]);
  });

  it('is not believed when revoked, or when it names a list nobody brought', () => {
    const plain = newResponder(authority, { extensions: [ocspSigning] });
    expect(verdict(responseFor({ responder: plain }))).toEqual([]);
    const lists = [issueList({ issuer: root })];
    const revoked = issueList({ issuer: authority, nextUpdate: '2022-01-01', revoked: [plain.certificate] });
    expect(verdict(responseFor({ responder: plain }), { crls: [...lists, revoked] })).toEqual(['path.revocation-unknown']);
    const point = asn1.context(0, asn1.context(0, asn1.contextPrimitive(6, Buffer.from('http://pki.example/a.crl'))));
    const named = extension(extensionOid.cRLDistributionPoints, asn1.sequence(asn1.sequence(point)));
    expect(verdict(responseFor({ responder: newResponder(authority, { extensions: [ocspSigning, named] }) }))).toEqual([
      'path.revocation-unknown',
    ]);
  });
});
