import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../../main/adapters/primitives/node.ts';
import type { PathRequest } from '../../../main/domain/x509/path-validation/request.ts';
import { validatePath } from '../../../main/domain/x509/path-validation/validate-path.ts';
import { vectorCertificate } from '../reading/vectors.ts';

const rsaRoot = vectorCertificate('rfc9216/rsa-certification-authority-root-certificate.crt');
const rsaCross = vectorCertificate('rfc9216/rsa-certification-authority-cross-signed-certificate.crt');
const edRoot = vectorCertificate('rfc9216/ed25519-certification-authority-root-certificate.crt');
const edCross = vectorCertificate('rfc9216/ed25519-certification-authority-cross-signed-certificate.crt');
const people = ['alice', 'bob', 'carlos', 'dana'] as const;
const rootOf = { alice: rsaRoot, bob: rsaRoot, carlos: edRoot, dana: edRoot };
const signing = (person: string) => vectorCertificate(`rfc9216/${person}-s-signature-verification-end-entity-certificate.crt`);
const encryption = (person: string) => vectorCertificate(`rfc9216/${person}-s-encryption-end-entity-certificate.crt`);

const ask = (request: Omit<PathRequest, 'time'>) => {
  const { valid, findings } = validatePath({ ...request, time: new Date('2026-01-01T00:00:00Z') }, nodePrimitives);
  return { valid, codes: findings.map(({ code }) => code) };
};
const good = { valid: true, codes: [] };

describe.each(people)('of the certificates of %s in RFC 9216', (person) => {
  const anchors = [rootOf[person]];

  it('the signing one signs and does not encrypt', () => {
    const target = signing(person);
    expect(ask({ target, anchors, purpose: 'smime-sign' })).toEqual(good);
    expect(ask({ target, anchors, purpose: 'smime-encrypt' })).toMatchObject({ valid: false });
    expect(ask({ target, anchors, purpose: 'smime-encrypt' }).codes).toContain('path.key-usage');
  });

  it('the encryption one encrypts, by key agreement too, and does not sign', () => {
    const target = encryption(person);
    expect(ask({ target, anchors, purpose: 'smime-encrypt' })).toEqual(good);
    expect(ask({ target, anchors, purpose: 'smime-sign' })).toEqual({ valid: false, codes: ['path.key-usage'] });
  });

  it('both are for their mailbox, in any case of the domain, and for nobody else', () => {
    for (const target of [signing(person), encryption(person)]) {
      expect(ask({ target, anchors, email: `${person}@SMIME.example` })).toEqual(good);
      for (const email of ['mallory@smime.example', `${person}@smime.example.org`, `${person.toUpperCase()}@smime.example`, '']) {
        expect(ask({ target, anchors, email }).codes).toEqual(['path.name-mismatch']);
      }
    }
  });

  it('neither is for servers, clients, responders or time stamps', () => {
    for (const purpose of ['server', 'client', 'ocsp', 'timestamp'] as const) {
      expect(ask({ target: signing(person), anchors, purpose }).codes).toContain('path.purpose');
    }
  });

  it('revocation cannot be known without a CRL, and that only counts when it is asked for', () => {
    expect(ask({ target: signing(person), anchors, requireRevocation: true }).codes).toContain('path.revocation-unknown');
  });
});

describe('the cross certificates of RFC 9216', () => {
  it('lead from one authority to the other, through the pool and only through it', () => {
    expect(ask({ target: signing('alice'), anchors: [edRoot] }).codes).toEqual(['path.unknown-issuer']);
    expect(ask({ target: signing('alice'), anchors: [edRoot], pool: [edCross, rsaCross, rsaRoot] })).toEqual(good);
    expect(ask({ target: signing('carlos'), anchors: [rsaRoot], pool: [rsaCross, edCross, edRoot] })).toEqual(good);
  });

  it('make a path longer than the caller may allow', () => {
    const request = { target: signing('alice'), anchors: [edRoot], pool: [rsaCross] };
    expect(ask({ ...request, maxDepth: 1 })).toEqual(good);
    expect(ask({ ...request, maxDepth: 0 }).codes).toEqual(['path.too-long']);
  });
});
