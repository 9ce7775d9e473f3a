import { readdirSync, readFileSync } from 'node:fs';
import { readEncodedObjects } from '../../../main/domain/encoding/pem.ts';
import { readCertificate, type Certificate } from '../../../main/domain/x509/read-certificate.ts';

const root = new URL('../../vectors/', import.meta.url);

/** The octets of one vector file. */
export const vectorBytes = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, root)));

/** The files of one vector folder whose names end in `ending`, sorted. */
export const vectorFiles = (folder: string, ending: string): string[] =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => `${folder}/${name}`);

/** The DER of the first object in a vector file. */
export function vectorDer(path: string): Uint8Array {
  const [first] = readEncodedObjects(vectorBytes(path));
  if (first === undefined) throw new Error(`nothing in ${path}`);
  return first.der;
}

export const vectorCertificate = (path: string): Certificate => readCertificate(vectorDer(path));
