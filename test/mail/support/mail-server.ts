import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { privateDirectory } from '../../domain/pfx/engines.ts';

export interface MailServer {
  readonly port: number;
  /** PEM of the authority that certifies it for `localhost`. */
  readonly authority: string;
  /** Mails it took, in order: octets and envelope. */
  taken(): readonly { readonly file: string; readonly from: string; readonly to: readonly string[]; readonly tls: boolean }[];
  /** Passwords it was told, right or wrong. */
  passwords(): string;
}

const script = fileURLToPath(new URL('smtp_server.py', import.meta.url));

/** A certificate for `name` under an authority of its own, by openssl. */
function certify(folder: string, name: string): string {
  const openssl = (line: string) => execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'pipe' });
  openssl('req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=Loopback');
  openssl('req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr -subj /CN=server');
  writeFileSync(join(folder, 'names'), `subjectAltName=DNS:${name}\n`);
  openssl('x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile names -out server.pem');
  return readFileSync(join(folder, 'ca.pem'), 'utf8');
}

/** aiosmtpd, until the test ends. `name` is whom its certificate is for; an account is asked for where one is given. */
export async function startMailServer(
  mode: 'tls' | 'starttls' | 'plain',
  { name = 'localhost', account }: { readonly name?: string; readonly account?: readonly [user: string, password: string] } = {},
): Promise<MailServer> {
  const folder = privateDirectory();
  const authority = certify(folder, name);
  writeFileSync(join(folder, 'account'), account?.[1] ?? '', { mode: 0o600 });
  const server = spawn('/usr/bin/python3', [script, mode, folder, ...(account === undefined ? [] : [account[0], join(folder, 'account')])]);
  onTestFinished(() => void server.kill('SIGKILL'));
  let trouble = '';
  server.stderr.on('data', (data: Buffer) => (trouble += data.toString()));
  const [line] = (await Promise.race([once(server.stdout, 'data'), once(server, 'exit').then(() => [trouble])])) as [Buffer | string];
  const port = Number(line.toString());
  if (!(port > 0)) throw new Error(`aiosmtpd did not start: ${trouble}`);
  const names = () => readdirSync(folder).filter((file) => file.endsWith('.eml'));
  const envelope = (file: string) =>
    JSON.parse(readFileSync(join(folder, file.replace('.eml', '.json')), 'utf8')) as { from: string; to: string[]; tls: boolean };
  return {
    port,
    authority,
    taken: () => names().map((file) => ({ file: join(folder, file), ...envelope(file) })),
    passwords: () => (existsSync(join(folder, 'passwords')) ? readFileSync(join(folder, 'passwords'), 'utf8') : ''),
  };
}
