import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolPrimitives } from '../../../main/adapters/primitives/tools.ts';
import type { SignatureQuestion } from '../../../main/domain/cms/signer-certificate.ts';
import { readEncodedObjects } from '../../../main/domain/encoding/pem.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { readCertificate, type Certificate } from '../../../main/domain/x509/read-certificate.ts';
import { privateDirectory, run } from '../pfx/engines.ts';

export const primitives = toolPrimitives;

/** A root and people with keys of several kinds, all made by openssl, in a directory that is gone after the test. */
export class MessageWorkshop {
  readonly directory = privateDirectory();

  constructor() {
    this.#issue('root', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], undefined);
  }

  /** `NAME.pem` and `NAME.crt` (PEM), for NAME@clinic.example. */
  person(name: string, key: readonly string[] = ['-newkey', 'rsa:2048'], usage = 'digitalSignature,keyEncipherment,keyAgreement'): void {
    this.#issue(name, key, usage);
  }

  #issue(name: string, key: readonly string[], usage: string | undefined): void {
    const extensions =
      usage === undefined
        ? 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash'
        : `keyUsage=critical,${usage}\nextendedKeyUsage=emailProtection\nsubjectAltName=email:${name}@clinic.example\nsubjectKeyIdentifier=hash`;
    this.put(`${name}.cnf`, `[req]\ndistinguished_name=dn\n[dn]\n[ext]\n${extensions}\n`);
    const signer = usage === undefined ? [] : ['-CA', 'root.crt', '-CAkey', 'root.pem'];
    this.run(
      'openssl',
      'req',
      '-x509',
      ...key,
      '-nodes',
      '-keyout',
      `${name}.pem`,
      '-subj',
      `/CN=${name}`,
      '-out',
      `${name}.crt`,
      '-config',
      `${name}.cnf`,
      '-extensions',
      'ext',
      '-days',
      '30',
      ...signer,
    );
  }

  run(program: string, ...args: readonly string[]): string {
    const { succeeded, output } = run(program, args, { cwd: this.directory, input: 'x\n' });
    if (!succeeded) throw new Error(`${program} ${args.join(' ')}: ${output}`);
    return output;
  }

  succeeds(program: string, ...args: readonly string[]): boolean {
    return run(program, args, { cwd: this.directory }).succeeded;
  }

  put(name: string, content: string | Uint8Array): string {
    mkdirSync(this.directory, { recursive: true });
    const path = join(this.directory, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  }

  read(name: string): Uint8Array {
    return new Uint8Array(readFileSync(join(this.directory, name)));
  }

  certificate(name: string): Certificate {
    const [first] = readEncodedObjects(this.read(`${name}.crt`));
    if (first === undefined) throw new Error('no certificate');
    return readCertificate(first.der);
  }

  question(more: Partial<SignatureQuestion> = {}): SignatureQuestion {
    const time = new Date(Date.now() + 60_000);
    return { trust: [this.certificate('root')], pool: [], crls: [], time, allowSha1: false, requireRevocation: false, ...more };
  }
}

/** What came of reading something, in one word: valid, invalid, or the code it was refused with. */
export function inOneWord(act: () => { readonly valid: boolean }): string {
  try {
    return act().valid ? 'valid' : 'invalid';
  } catch (error) {
    return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`;
  }
}

/** The same octets but one, at a place and with a bit that depend on `seed` alone. */
export function mutant(bytes: Uint8Array, at: number, seed = at): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ (1 << (seed % 8));
  return changed;
}
