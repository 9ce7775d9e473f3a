import { afterAll, describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../../main/adapters/primitives/node.ts';
import * as asn1 from '../../../main/domain/asn1/der-writer.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { inspect } from '../../../main/domain/inspect/inspect.ts';
import { readOcspRequest } from '../../../main/domain/x509/ocsp/read-request.ts';
import { readOcspResponse } from '../../../main/domain/x509/ocsp/read-response.ts';
import { issue } from '../path-validation/authority.ts';
import { OpensslWorkshop } from '../reading/openssl.ts';
import { answerByOpenssl, newAuthority, newResponder } from './openssl-responder.ts';

const workshop = new OpensslWorkshop();
afterAll(() => workshop.close());

const authority = newAuthority('Authority');
const target = issue({ issuer: authority });
const response = answerByOpenssl(workshop, { status: 'R', responder: newResponder(authority), issuer: authority, target });
const request = workshop.read('request.der');

const digest = nodePrimitives.digest;

const codeOf = (read: () => unknown): string => {
  try {
    read();
    return 'read';
  } catch (error) {
    return error instanceof AppError ? error.code : `crash: ${String(error)}`;
  }
};

describe('inspect', () => {
  it('reads a request by openssl, and knows it without being told', () => {
    const { nonce } = readOcspRequest(request);
    expect(nonce).toHaveLength(16);
    expect(inspect(request, digest)).toMatchObject({
      type: 'ocsp',
      kind: 'request',
      isSigned: false,
      nonce: Buffer.from(nonce ?? []).toString('hex'),
      requests: [{ hashAlgorithm: 'sha1', serialNumber: target.certificate.serialNumber }],
    });
  });

  it('reads a response by openssl as openssl does', () => {
    const text = workshop.run('ocsp', '-respin', 'response.der', '-resp_text', '-noverify');
    const read = inspect(response, digest);
    expect(read).toMatchObject({
      type: 'ocsp',
      kind: 'response',
      responseStatus: 'successful',
      responderId: 'CN=Responder',
      responses: [
        { status: 'revoked', reason: 'keyCompromise', revocationTime: '2026-01-01T12:00:00Z', certId: { hashAlgorithm: 'sha1' } },
      ],
      certificates: [{ subject: 'CN=Responder' }],
    });
    const [, keyHash = ''] = /Issuer Key Hash: ([0-9A-F]+)/.exec(text) ?? [];
    expect(JSON.stringify(read)).toContain(`"issuerKeyHash":"${keyHash.toLowerCase()}"`);
  });

  it('reads a responder that gives no answer', () => {
    const refusal = asn1.sequence(asn1.enumerated(6));
    expect(inspect(refusal, digest)).toEqual({ type: 'ocsp', kind: 'response', responseStatus: 'unauthorized' });
  });
});

describe('a reader of OCSP', () => {
  it.each([
    ['a status that does not exist', asn1.sequence(asn1.enumerated(4))],
    ['success without an answer', asn1.sequence(asn1.enumerated(0))],
    ['a refusal with an answer', asn1.sequence(asn1.enumerated(3), asn1.context(0, asn1.sequence()))],
    ['something behind its end', Uint8Array.of(...response, 0)],
    ['its last octet missing', response.subarray(0, -1)],
  ])('refuses a response with %s', (_, bytes) => {
    expect(codeOf(() => readOcspResponse(bytes))).toBe('input.malformed-der');
  });

  it('refuses another kind of response, a request that asks nothing, and what is too large', () => {
    const kind = asn1.sequence(asn1.enumerated(0), asn1.context(0, asn1.sequence(asn1.oid('1.2.3.4'), asn1.octetString())));
    expect(codeOf(() => readOcspResponse(kind))).toBe('unsupported');
    expect(codeOf(() => readOcspRequest(asn1.sequence(asn1.sequence(asn1.sequence()))))).toBe('input.malformed-der');
    expect(codeOf(() => readOcspRequest(new Uint8Array(2 << 20)))).toBe('input.too-large');
    expect(codeOf(() => readOcspResponse(new Uint8Array(5 << 20)))).toBe('input.too-large');
  });

  it('refuses or reads whatever octet of a request or response is changed, and never breaks', () => {
    const allowed = ['read', 'input.malformed-der', 'input.invalid', 'input.too-large', 'unsupported'];
    for (const [bytes, read] of [[request, readOcspRequest] as const, [response, readOcspResponse] as const])
      for (let at = 0; at < bytes.length; at++)
        for (const value of [0, 0x7f, 0x80, 0xff, (bytes[at] ?? 0) ^ 1])
          expect(allowed).toContain(codeOf(() => read(bytes.with(at, value))));
  });
});
