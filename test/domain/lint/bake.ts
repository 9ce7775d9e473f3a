import * as asn1js from 'asn1js';
import { Folder, openssl } from '../x509-issuing/practice.ts';

/** Certificates by openssl with whatever fault a rule is about. */
const folder = new Folder();
export const closeBakery = (): void => folder.dispose();

export interface Recipe {
  readonly subject?: readonly string[];
  readonly extensions?: Readonly<Record<string, string | null>>;
  readonly days?: number;
  readonly serial?: string;
  readonly digest?: string;
  readonly key?: readonly string[];
}

export const p256 = ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
export const rsa = (bits: number, exponent = 65537): string[] => [
  'RSA',
  '-pkeyopt',
  `rsa_keygen_bits:${bits}`,
  '-pkeyopt',
  `rsa_keygen_pubexp:${exponent}`,
];

const sound: Readonly<Record<string, string>> = {
  subjectKeyIdentifier: 'hash',
  authorityKeyIdentifier: 'keyid:always',
  keyUsage: 'critical,digitalSignature,nonRepudiation',
  extendedKeyUsage: 'emailProtection',
  certificatePolicies: '2.23.140.1.5.1.3',
  subjectAltName: 'email:ana@sunrise.example',
  crlDistributionPoints: 'URI:http://pki.sunrise.example/a.crl',
  authorityInfoAccess: 'caIssuers;URI:http://pki.sunrise.example/a.crt',
};

export const soundSubject = ['CN=ana@sunrise.example', 'emailAddress=ana@sunrise.example'];

const isLine = (entry: readonly [string, string | null]): entry is readonly [string, string] => entry[1] !== null;

const keyFiles = new Map<string, string>();

/** One key of each kind is enough. */
function keyFileOf(key: readonly string[]): string {
  const name = `${key.join('-').replaceAll(':', '-')}.key`;
  const path = keyFiles.get(name) ?? folder.write(name, openssl(['genpkey', '-algorithm', ...key]));
  keyFiles.set(name, path);
  return path;
}

export function bake({
  subject = soundSubject,
  extensions = {},
  days = 365,
  serial = '0x5123456789abcdef0123',
  digest = 'sha256',
  key = p256,
}: Recipe): Uint8Array {
  const lines = Object.entries({ ...sound, ...extensions }).filter(isLine);
  const config = folder.write(
    'recipe.cnf',
    ['[req]', 'prompt=no', 'utf8=yes', 'string_mask=utf8only', 'distinguished_name=dn', 'x509_extensions=ext', '[dn]', ...subject]
      .concat('[ext]', ...lines.map(([name, value]) => `${name}=${value}`))
      .join('\n'),
  );
  const keyFile = keyFileOf(key);
  const pem = openssl([
    'req',
    '-x509',
    '-new',
    '-key',
    keyFile,
    '-config',
    config,
    `-${digest}`,
    '-days',
    `${days}`,
    '-set_serial',
    serial,
  ]);
  return Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
}

/** openssl's own notation knows no comma inside an otherName, so the whole extension comes as DER. */
export function smtpUtf8Mailbox(address: string): string {
  const value = new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [new asn1js.Utf8String({ value: address })] });
  const typeId = new asn1js.ObjectIdentifier({ value: '1.3.6.1.5.5.7.8.9' });
  const otherName = new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [typeId, value] });
  return `DER:${Buffer.from(new asn1js.Sequence({ value: [otherName] }).toBER()).toString('hex')}`;
}

export const sponsor = (...subject: readonly string[]): Recipe => ({ subject, extensions: { certificatePolicies: '2.23.140.1.5.3.3' } });
export const sponsored = ['O=Sunrise', 'organizationIdentifier=NTRUS+CA-12345678', 'GN=Ana', 'SN=Nunez', 'CN=Ana Nunez'];

/** Bound to a health domain, as agents of Direct have them. */
export const direct = (extensions: Recipe['extensions'] = {}): Recipe => ({
  subject: ['O=Sunrise', 'CN=Sunrise'],
  key: rsa(2048),
  extensions: {
    keyUsage: 'critical,digitalSignature,keyEncipherment',
    certificatePolicies: null,
    subjectAltName: 'DNS:direct.sunrise.example',
    ...extensions,
  },
});

/** Of a key that speaks for an authority. */
export const service = (extensions: Recipe['extensions'] = {}): Recipe => ({
  subject: ['O=Sunrise', 'CN=Sunrise Issuing'],
  extensions: {
    keyUsage: 'critical,digitalSignature',
    certificatePolicies: null,
    subjectAltName: null,
    crlDistributionPoints: null,
    authorityInfoAccess: null,
    ...extensions,
  },
});
