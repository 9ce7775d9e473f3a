import { isIP } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { utf8Decode } from '../../domain/encoding/utf8.ts';
import { systemCode } from '../../domain/process/system-error.ts';
import type { MessageSubmission, SubmissionServer } from '../../ports/message-submission.ts';

/** Milliseconds without any progress. */
const patience = 15_000;

/** Nodemailer's connection, one for each act. `milliseconds` is for tests. */
export const createSmtpSubmission = (milliseconds = patience): MessageSubmission => ({
  probe: (server, password) => speak(server, password, milliseconds, () => Promise.resolve()),
  submit: (server, password, { from, to, octets }) =>
    speak(
      server,
      password,
      milliseconds,
      (connection) =>
        new Promise<void>((resolve, reject) => {
          connection.send({ from, to: [to] }, Buffer.from(octets), (error) => (error ? reject(error) : resolve()));
        }),
    ),
});

async function speak(
  server: SubmissionServer,
  password: Uint8Array | undefined,
  milliseconds: number,
  act: (connection: SMTPConnection) => Promise<void>,
): Promise<void> {
  const connection = new SMTPConnection(optionsOf(server, milliseconds));
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.once('end', () =>
        reject(new AppError('remote.unreachable', 'The mail server ended the connection.', { host: server.host })),
      );
      connect(connection, server, password, act).then(resolve, reject);
    });
    connection.quit();
  } catch (error) {
    connection.close();
    throw failureOf(error, server);
  }
}

async function connect(
  connection: SMTPConnection,
  { host, user }: SubmissionServer,
  password: Uint8Array | undefined,
  act: (connection: SMTPConnection) => Promise<void>,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  // What the library promises, looked at once more before anything is said that others may not hear.
  if (!connection.secure) throw new AppError('remote.untrusted', 'The mail server speaks without TLS.', { host });
  if (user !== null) await logIn(connection, user, password);
  await act(connection);
}

function logIn(connection: SMTPConnection, user: string, password: Uint8Array | undefined): Promise<void> {
  const pass = (password && utf8Decode(password)) ?? '';
  return new Promise((resolve, reject) => {
    connection.login({ user, pass }, (error) => (error ? reject(error) : resolve()));
  });
}

const optionsOf = ({ host, port, security, trust }: SubmissionServer, milliseconds: number) => ({
  host,
  port,
  secure: security === 'tls',
  requireTLS: security === 'starttls',
  logger: false,
  debug: false,
  transactionLog: false,
  name: '[127.0.0.1]',
  connectionTimeout: milliseconds,
  greetingTimeout: milliseconds,
  socketTimeout: milliseconds,
  dnsTimeout: milliseconds,
  allowInternalNetworkInterfaces: true,
  tls: {
    minVersion: 'TLSv1.2' as const,
    rejectUnauthorized: true,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(trust === null ? {} : { ca: trust }),
  },
});

const untrusted =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_|ERR_SSL_|ETLS)/;
const unreachable = /^(ECONN|EHOST|ENET|ETIMEDOUT|EPIPE|EDNS|ENOTFOUND|EAI_|EADDR|ESOCKET)/;

/** The library puts a word of its own before what the system or TLS said. */
function failureOf(error: unknown, { host }: SubmissionServer): AppError {
  if (error instanceof AppError) return error;
  const rule = [originalCode(error), systemCode(error)].find((code) => code !== '') ?? '';
  if (rule === 'EAUTH') return new AppError('remote.password-refused', 'The mail server lets nobody in.', { host }, { cause: error });
  const code: ErrorCode = untrusted.test(rule) ? 'remote.untrusted' : unreachable.test(rule) ? 'remote.unreachable' : 'remote.refused';
  return new AppError(code, 'The mail server took nothing.', { host, rule }, { cause: error });
}

function originalCode(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null && 'originalCode' in error ? error.originalCode : undefined;
  return typeof code === 'string' ? code : '';
}
