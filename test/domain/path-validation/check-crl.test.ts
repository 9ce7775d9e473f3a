import { onTestFinished, describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../../main/adapters/primitives/node.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { checkCrl } from '../../../main/domain/x509/path-validation/check-crl.ts';
import { readCertificate, type Certificate } from '../../../main/domain/x509/read-certificate.ts';
import { readCertificateList, type CertificateList } from '../../../main/domain/x509/read-certificate-list.ts';
import { OpensslWorkshop } from '../reading/openssl.ts';
import { vectorBytes, vectorCertificate, vectorFiles } from '../reading/vectors.ts';

const time = new Date('2026-01-01T00:00:00Z');
const codes = (list: CertificateList, issuer: Certificate, at = time) =>
  checkCrl({ list, issuer, time: at }, nodePrimitives).findings.map(({ code }) => code);
const crl = (name: string) => readCertificateList(vectorBytes(`pkits/crls/${name}.crl`));
const cert = (name: string) => vectorCertificate(`pkits/certs/${name}.crt`);

describe('the lists of PKITS', () => {
  it('that are good are good, with number and entries', () => {
    const verdict = checkCrl({ list: crl('GoodCACRL'), issuer: cert('GoodCACert'), time }, nodePrimitives);
    expect(verdict).toMatchObject({ valid: true, findings: [], number: '01', isDelta: false, revoked: 2 });
  });

  it.each([
    ['of another issuer', 'GoodCACRL', 'BasicSelfIssuedNewKeyCACert', ['path.unknown-issuer', 'path.signature']],
    ['with a bad signature', 'BadCRLSignatureCACRL', 'BadCRLSignatureCACert', ['path.signature']],
    ['with a wrong name', 'BadCRLIssuerNameCACRL', 'BadCRLIssuerNameCACert', ['path.unknown-issuer']],
    ['with an unknown critical extension', 'UnknownCRLExtensionCACRL', 'UnknownCRLExtensionCACert', ['path.unknown-critical-extension']],
    ['with one in an entry', 'UnknownCRLEntryExtensionCACRL', 'UnknownCRLEntryExtensionCACert', ['path.unknown-critical-extension']],
    ['out of date', 'OldCRLnextUpdateCACRL', 'OldCRLnextUpdateCACert', ['path.expired']],
    ['of a CA that may not sign lists', 'keyUsageCriticalcRLSignFalseCACRL', 'keyUsageCriticalcRLSignFalseCACert', ['path.key-usage']],
  ])('%s are refused for that', (_, list, issuer, expected) => {
    expect(codes(crl(list), cert(issuer))).toEqual(expected);
  });

  it('count from the first second to the last and not beside', () => {
    const [list, issuer] = [crl('GoodCACRL'), cert('GoodCACert')];
    const { thisUpdate, nextUpdate = time } = list;
    expect([thisUpdate, nextUpdate].map((at) => codes(list, issuer, at))).toEqual([[], []]);
    expect(codes(list, issuer, new Date(thisUpdate.getTime() - 1000))).toEqual(['path.not-yet-valid']);
    expect(codes(list, issuer, new Date(nextUpdate.getTime() + 1000))).toEqual(['path.expired']);
  });

  it('can all be checked against every authority without an answer that is no verdict', () => {
    const issuer = cert('GoodCACert');
    const verdicts = vectorFiles('pkits/crls', '.crl').map((path) => codes(readCertificateList(vectorBytes(path)), issuer));
    expect(verdicts.filter((found) => found.length === 0)).toHaveLength(1);
  });
});

describe('a list of openssl', () => {
  function made(digest: string): { list: Uint8Array; issuer: Certificate } {
    const workshop = new OpensslWorkshop();
    onTestFinished(() => workshop.close());
    const issuer = readCertificate(workshop.selfSigned('basicConstraints=critical,CA:TRUE\nkeyUsage=cRLSign,keyCertSign'));
    workshop.write('index.txt', 'R\t300101000000Z\t250101000000Z,keyCompromise\t0A\tunknown\t/CN=Gone\n');
    workshop.write(
      'ca.cnf',
      `[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=${digest}\ndefault_crl_days=3\n`,
    );
    workshop.write('number', '0F\n');
    workshop.run('x509', '-inform', 'DER', '-in', 'out.der', '-out', 'ca.pem');
    workshop.run('ca', '-gencrl', '-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'key.pem', '-out', 'crl.pem');
    workshop.run('crl', '-in', 'crl.pem', '-CAfile', 'ca.pem', '-noout');
    workshop.run('crl', '-in', 'crl.pem', '-outform', 'DER', '-out', 'crl.der');
    return { list: workshop.read('crl.der'), issuer };
  }

  it('is good, and refused when SHA-1 signed it unless that is allowed', () => {
    const { list, issuer } = made('sha256');
    expect(codes(readCertificateList(list), issuer, new Date(Date.now() + 5000))).toEqual([]);
    const old = made('sha1');
    const question = { list: readCertificateList(old.list), issuer: old.issuer, time: new Date(Date.now() + 5000) };
    expect(checkCrl(question, nodePrimitives).findings.map(({ code }) => code)).toEqual(['path.weak-algorithm']);
    expect(checkCrl({ ...question, allowWeak: true }, nodePrimitives).valid).toBe(true);
  });

  it('is never good after any of its octets changed', () => {
    const { list, issuer } = made('sha256');
    const at = new Date(Date.now() + 5000);
    const good = Array.from(list, (octet, index) => {
      const mutant = Uint8Array.from(list);
      mutant[index] = octet ^ (1 << (index % 8));
      try {
        return codes(readCertificateList(mutant), issuer, at).length === 0 ? index : -1;
      } catch (error) {
        return error instanceof AppError && error.code.startsWith('input.') ? -1 : index;
      }
    }).filter((index) => index >= 0);
    expect(good).toEqual([]);
  });
});
