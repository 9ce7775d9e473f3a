import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { temporaryDirectory } from './practice.ts';

function openssl(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

/** An authority made by openssl, and certificates of it. */
export function newAuthority(name: string) {
  const directory = temporaryDirectory();
  const at = (file: string) => join(directory, file);
  const ca = at('ca.pem');
  openssl('req', '-x509', ...newKey, '-keyout', at('ca.key'), '-out', ca, '-subj', `/CN=${name}`, '-days', '2');
  const issue = (subject: string, alternative: string): Pair => {
    const pair = { certificate: at(`${subject}.pem`), key: at(`${subject}.key`) };
    const names = ['-addext', `subjectAltName=${alternative}`, '-copy_extensions', 'copyall', '-CA', ca, '-CAkey', at('ca.key')];
    openssl('req', '-x509', ...newKey, '-keyout', pair.key, '-out', pair.certificate, '-subj', `/CN=${subject}`, '-days', '2', ...names);
    return pair;
  };
  return { ca, pem: readFileSync(ca, 'utf8'), issue };
}

/** A port of this computer that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** rsyslog with TLS. It writes each message as it came, and can be stopped and started again. */
export async function newLogServer({ certificate, key }: Pair, ca: string, mode: 'anon' | 'x509/certvalid' = 'anon') {
  const [directory, port] = [temporaryDirectory(), await freePort()];
  const [log, configuration, pid] = [join(directory, 'log'), join(directory, 'rsyslog.conf'), join(directory, 'pid')];
  writeFileSync(
    configuration,
    `global(workDirectory="${directory}" maxMessageSize="256k" defaultNetstreamDriver="gtls"
  defaultNetstreamDriverCAFile="${ca}" defaultNetstreamDriverCertFile="${certificate}" defaultNetstreamDriverKeyFile="${key}")
module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="${mode}")
input(type="imtcp" port="${port}" address="127.0.0.1")
template(name="raw" type="string" string="%rawmsg%\\n")
action(type="omfile" file="${log}" template="raw")
`,
  );
  let child: ReturnType<typeof spawn> | undefined;
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  };
  const start = async () => {
    child = spawn('/usr/sbin/rsyslogd', ['-n', '-f', configuration, '-i', pid], { stdio: 'ignore' });
    await vi.waitFor(() => reach(port), { timeout: 20_000, interval: 50 });
  };
  onTestFinished(() => stop());
  const lines = () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : []);
  /** Numbers of the entries, as they came. */
  const entries = () => lines().map((line) => Number(/sequenceId="(\d+)"/.exec(line)?.[1]) - 1);
  return { port, start, stop, lines, entries };
}

async function reach(port: number): Promise<void> {
  const line = connect(port, '127.0.0.1');
  try {
    await once(line, 'connect');
  } finally {
    line.destroy();
  }
}
