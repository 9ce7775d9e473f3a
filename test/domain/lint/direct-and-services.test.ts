import { afterAll, describe, expect, it } from 'vitest';
import { lintCertificate } from '../../../main/domain/lint/lint-certificate.ts';
import { readCertificate } from '../../../main/domain/x509/read-certificate.ts';
import { bake, closeBakery, direct, p256, service, type Recipe } from './bake.ts';

afterAll(closeBakery);

const lint = (recipe: Recipe): string[] =>
  lintCertificate(readCertificate(bake(recipe))).map(({ severity, rule }) => `${severity} ${rule}`);

describe('the lint of what Direct and services have, made by openssl', () => {
  it.each<[string, Recipe]>([
    ['one that Direct binds to a domain', direct()],
    ['an OCSP responder', service({ keyUsage: 'critical,digitalSignature', extendedKeyUsage: 'OCSPSigning', noCheck: 'ignored' })],
    ['a CRL signer', service({ keyUsage: 'critical,cRLSign', extendedKeyUsage: null })],
  ])('finds nothing in %s', (_, recipe) => expect(lint(recipe)).toEqual([]));

  it.each<[string, Recipe, ...string[]]>([
    ['a Direct domain that is none', direct({ subjectAltName: 'DNS:not_a_domain' }), 'error direct-domain'],
    ['several Direct domains', direct({ subjectAltName: 'DNS:a.example,DNS:b.example' }), 'notice direct-domain'],
    ['a Direct key of no use', direct({ keyUsage: 'critical,nonRepudiation' }), 'error direct-key-usage'],
    ['a Direct key that agrees', { ...direct({ keyUsage: 'critical,keyAgreement' }), key: p256 }, 'warning direct-key-usage'],
    ['a Direct domain of nobody', { ...direct(), subject: ['CN=Somebody'] }, 'warning direct-organization'],
    ['an OCSP responder whose revocation is asked about', service({ extendedKeyUsage: 'OCSPSigning' }), 'error ocsp-nocheck'],
    [
      'an OCSP responder that may not sign',
      service({ keyUsage: 'critical,keyEncipherment', extendedKeyUsage: 'OCSPSigning', noCheck: 'ignored' }),
      'error key-usage',
      'warning key-usage',
    ],
    [
      'a CRL signer with another use',
      service({ keyUsage: 'critical,cRLSign', extendedKeyUsage: 'emailProtection' }),
      'warning extended-key-usage',
    ],
  ])('names %s', (_, recipe, ...expected) => expect(lint(recipe)).toEqual(expected));
});
