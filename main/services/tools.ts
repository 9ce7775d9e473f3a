import { readEncodedObjects, type EncodedObject } from '../domain/encoding/pem.ts';
import { AppError } from '../domain/errors.ts';
import { checkPrivateKey } from '../domain/key/check-private-key.ts';
import { isEncryptedKey, readPrivateKey } from '../domain/key/read-private-key.ts';
import { listPfx } from '../domain/pfx/list-pfx.ts';
import { checkCrl } from '../domain/x509/path-validation/check-crl.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import { readCertificateList } from '../domain/x509/read-certificate-list.ts';
import type { FileContent } from '../contract/secret.ts';
import type { Clock } from '../ports/clock.ts';
import type { ToolPrimitives } from '../ports/tool-primitives.ts';
import type { AreaHandlers } from './handler.ts';

export interface ToolParts {
  readonly toolPrimitives: ToolPrimitives;
  readonly clock: Clock;
}

/** The pure tools: they need nobody signed in, keep nothing and log nothing. */
export function createToolHandlers({ toolPrimitives, clock }: ToolParts): AreaHandlers<'tools'> {
  return {
    checkCrl: async ({ crl, issuer, time, allowWeak }) => {
      const [list, authority] = [readCertificateList(firstObject(crl)), readCertificate(firstObject(issuer))];
      return checkCrl({ list, issuer: authority, time: time === undefined ? clock.now() : new Date(time), allowWeak }, toolPrimitives);
    },
    listPkcs12: async ({ file, password }) => listPfx(firstObject(file), password?.reveal(), toolPrimitives),
    checkKey: async ({ file }) => checkPrivateKey(readPrivateKey(privateKeyIn(file)), toolPrimitives),
  };
}

/** @throws AppError input.empty */
function firstObject(file: FileContent): Uint8Array {
  const [first] = readEncodedObjects(file.bytes);
  if (first === undefined) throw new AppError('input.empty', 'There is nothing in this file.');
  return first.der;
}

/** The first private key of a file: openssl writes the curve of an EC key, others the certificate, in front of it. */
function privateKeyIn(file: FileContent): Uint8Array {
  const key = readEncodedObjects(file.bytes).find(({ label }) => label === undefined || label.endsWith('PRIVATE KEY'));
  if (key === undefined) throw new AppError('input.empty', 'There is no private key in this file.');
  if (isSealed(key))
    throw new AppError('unsupported', 'This key is encrypted: take it out of its encryption first.', { what: 'encrypted-key' });
  return key.der;
}

const isSealed = ({ der, headers }: EncodedObject): boolean =>
  headers.some((header) => /^Proc-Type:.*ENCRYPTED/.test(header)) || isEncryptedKey(der);
