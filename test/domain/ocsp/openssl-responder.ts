import * as asn1 from '../../../main/domain/asn1/der-writer.ts';
import { encodePem } from '../../../main/domain/encoding/pem.ts';
import { extendedKeyUsageOid, extensionOid } from '../../../main/domain/x509/oid.ts';
import { asAuthority, extension, extKeyUsage, issue, keyUsage, type Holder, type Wish } from '../path-validation/authority.ts';
import type { OpensslWorkshop } from '../reading/openssl.ts';

const [digitalSignature, keyCertSign, cRLSign] = [0, 5, 6];

const noCheck = extension(extensionOid.ocspNoCheck, asn1.nullValue());

export const newAuthority = (name: string, issuer?: Holder): Holder =>
  issue({ name, ...(issuer && { issuer }), extensions: [asAuthority(), keyUsage(keyCertSign, cRLSign)] });

/** A certificate that may answer for its issuer, unless the wish says otherwise. */
export const newResponder = (issuer: Holder, wish: Partial<Wish> = {}): Holder =>
  issue({
    name: 'Responder',
    issuer,
    extensions: [keyUsage(digitalSignature), extKeyUsage(extendedKeyUsageOid.ocspSigning), noCheck],
    ...wish,
  });

export interface Answer {
  /** What openssl's index says of the certificate; absent: nothing at all. */
  readonly status?: 'V' | 'R' | undefined;
  readonly responder: Holder;
  readonly issuer: Holder;
  readonly target: Holder;
  readonly days?: 'unsaid' | undefined;
  /** Further options of `openssl ocsp`. */
  readonly options?: readonly string[] | undefined;
}

const revocation = { V: '', R: '260101120000Z,keyCompromise' };

/** openssl asks about the target, answers as that responder, and leaves `request.der` and `response.der`. */
export function answerByOpenssl(workshop: OpensslWorkshop, { status, responder, issuer, target, days, options = [] }: Answer): Uint8Array {
  writeHolder(workshop, 'responder', responder);
  writeHolder(workshop, 'issuer', issuer);
  writeHolder(workshop, 'target', target);
  const serial = target.certificate.serialNumber.toUpperCase();
  const line = status === undefined ? '' : [status, '350101000000Z', revocation[status], serial, 'unknown', '/CN=Somebody'].join('\t');
  workshop.write('index.txt', line === '' ? '' : `${line}\n`);
  workshop.run('ocsp', '-issuer', 'issuer.pem', '-cert', 'target.pem', '-reqout', 'request.der');
  const signer = ['-rsigner', 'responder.pem', '-rkey', 'responder.key', '-CA', 'issuer.pem', '-index', 'index.txt'];
  workshop.run(
    'ocsp',
    ...signer,
    '-reqin',
    'request.der',
    '-respout',
    'response.der',
    ...(days === undefined ? ['-ndays', '4'] : []),
    ...options,
  );
  return workshop.read('response.der');
}

function writeHolder(workshop: OpensslWorkshop, name: string, { certificate, keys }: Holder): void {
  workshop.write(`${name}.pem`, encodePem('CERTIFICATE', certificate.der));
  workshop.write(`${name}.key`, keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
}
