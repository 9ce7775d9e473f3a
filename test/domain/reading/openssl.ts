import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A private directory in which the openssl command line works; everything in it is gone after `close`. */
export class OpensslWorkshop {
  readonly directory = mkdtempSync(join(tmpdir(), 'keyward-openssl-'));

  run(...args: string[]): string {
    return execFileSync('openssl', args, { cwd: this.directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  write(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.directory, name), content, { mode: 0o600 });
  }

  read(name: string): Uint8Array {
    return new Uint8Array(readFileSync(join(this.directory, name)));
  }

  /** An EC key of its own and a self-signed certificate with the extensions of an openssl section `[ext]`. */
  selfSigned(extensions: string, subject = '/CN=Test'): Uint8Array {
    this.write('ext.cnf', `[req]\ndistinguished_name=dn\n[dn]\n[ext]\n${extensions}\n`);
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem'];
    this.run(
      'req',
      '-x509',
      ...key,
      '-config',
      'ext.cnf',
      '-extensions',
      'ext',
      '-subj',
      subject,
      '-utf8',
      '-outform',
      'DER',
      '-out',
      'out.der',
    );
    return this.read('out.der');
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
