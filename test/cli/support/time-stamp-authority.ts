import { execFileSync } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { integer, sequence } from '../../../main/domain/asn1/der-writer.ts';
import { readTimeStampResponse } from '../../../main/domain/time-stamp/read-time-stamp.ts';

/** OpenSSL's own time-stamping authority, in a folder of its own. */
export interface TimeStampAuthority {
  /** The certificate that its signer leads to. */
  readonly root: string;
  /** TimeStampResp to a TimeStampReq. */
  reply(request: Uint8Array): Buffer;
  /** The same answer signed by a certificate of the same root that is not for time-stamps. */
  replyAsMail(request: Uint8Array): Buffer;
}

const policy = '1.2.3.4.1';
const config = `
[tsa]
default_tsa = here
[here]
serial = ./serial
crypto_device = builtin
signer_cert = ./signer.pem
certs = ./root.pem
signer_key = ./signer.key
signer_digest = sha256
default_policy = ${policy}
other_policies = 1.2.3.4.5
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[for_stamps]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
basicConstraints = CA:FALSE
[for_mail]
extendedKeyUsage = emailProtection
keyUsage = critical,digitalSignature
basicConstraints = CA:FALSE
`;

export function newAuthority(): TimeStampAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-tsa-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const openssl = (...args: readonly string[]) =>
    execFileSync('/usr/bin/openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  writeFileSync(join(folder, 'tsa.cnf'), config);
  writeFileSync(join(folder, 'serial'), '01\n');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...newKey, '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/CN=Stamp Root', '-days', '30');
  for (const [name, extensions] of [
    ['signer', 'for_stamps'],
    ['mail', 'for_mail'],
  ] as const) {
    openssl('req', '-new', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    const from = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-extfile', 'tsa.cnf', '-extensions', extensions];
    openssl('x509', '-req', '-in', `${name}.csr`, ...from, '-out', `${name}.pem`, '-days', '20');
  }
  const reply = (request: Uint8Array): Buffer => {
    writeFileSync(join(folder, 'request.tsq'), request);
    openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'request.tsq', '-out', 'reply.tsr');
    return readFileSync(join(folder, 'reply.tsr'));
  };
  const replyAsMail = (request: Uint8Array): Buffer => {
    writeFileSync(join(folder, 'info'), readTimeStampResponse(reply(request)).signed.content?.wholeUpTo(65_536) ?? '');
    const how = ['-binary', '-nodetach', '-cades', '-econtent_type', '1.2.840.113549.1.9.16.1.4', '-outform', 'DER'];
    openssl('cms', '-sign', '-in', 'info', '-signer', 'mail.pem', '-inkey', 'mail.key', ...how, '-out', 'token');
    return Buffer.from(sequence(sequence(integer(0)), readFileSync(join(folder, 'token'))));
  };
  return { root: join(folder, 'root.pem'), reply, replyAsMail };
}

/** Answers over HTTP as somebody wants, and gives where. */
export async function serveStamps(answer: (request: Buffer) => Answer): Promise<string> {
  return serve(createServer(answering(answer)), 'http');
}

/** The same over TLS, as a computer that a certificate of an authority of its own names. */
export async function serveStampsSecurely(
  answer: (request: Buffer) => Answer,
): Promise<{ readonly url: string; readonly authority: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const openssl = (...args: readonly string[]) =>
    execFileSync('/usr/bin/openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...newKey, '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/CN=Test Root', '-days', '30');
  openssl('req', '-new', ...newKey, '-keyout', 'peer.key', '-out', 'peer.csr', '-subj', '/CN=localhost');
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost\n');
  openssl(
    'x509',
    '-req',
    '-in',
    'peer.csr',
    '-CA',
    'root.pem',
    '-CAkey',
    'root.key',
    '-extfile',
    'names',
    '-out',
    'peer.pem',
    '-days',
    '20',
  );
  const [key, cert, authority] = ['peer.key', 'peer.pem', 'root.pem'].map((name) => readFileSync(join(folder, name), 'utf8'));
  const url = await serve(createSecureServer({ key, cert, minVersion: 'TLSv1.2' }, answering(answer)), 'https');
  return { url: url.replace('127.0.0.1', 'localhost'), authority: authority ?? '' };
}

interface Answer {
  readonly status?: number;
  readonly body: Uint8Array;
}

const answering =
  (answer: (request: Buffer) => Answer): RequestListener =>
  (asked, reply) => {
    const parts: Buffer[] = [];
    asked.on('data', (part: Buffer) => parts.push(part));
    asked.on('end', () => {
      const { status = 200, body } = answer(Buffer.concat(parts));
      reply.writeHead(status, { 'content-type': 'application/timestamp-reply' }).end(body);
    });
  };

async function serve(server: Server, scheme: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
