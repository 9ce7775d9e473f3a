import { connect, type TLSSocket } from 'node:tls';
import { isIP } from 'node:net';
import type { LoggedEvent } from '../../domain/audit-formats/logged-event.ts';
import { syslogMessage } from '../../domain/audit-formats/rfc5424.ts';
import type { SinkTarget } from '../../domain/audit-formats/sink-target.ts';
import { AppError } from '../../domain/errors.ts';
import type { Delivery } from '../../ports/audit-sinks.ts';
import { credentialsOf, patience } from './credentials.ts';

type Target = SinkTarget & { readonly kind: 'syslog-tls' };

/**
 * How long a peer may take to find that it does not want us, in milliseconds: some look at our certificate only after the handshake, and
 * end the connection as who has read everything does. Nothing is said before.
 */
const settling = 1000;

/** RFC 5425 section 4.3.1: each message with its length in octets before it. */
function frame(message: string): Buffer {
  const octets = Buffer.from(message);
  return Buffer.concat([Buffer.from(`${octets.length} `), octets]);
}

/**
 * One connection for each delivery. Syslog has no answers, so that the end of the connection is the only thing that a peer says of what it
 * was sent: it ends its side once it has read ours to the end (RFC 5425 section 4.4), and breaks it off (RST) where it leaves something unread.
 */
export async function deliverTls(target: Target, events: readonly LoggedEvent[]): Promise<Delivery> {
  const frames = events.map((event) => frame(syslogMessage(event, target.content)));
  await speak(target, Buffer.concat(frames));
  return { taken: events.length };
}

export const probeTls = (target: Target): Promise<void> => speak(target, undefined);

async function speak(target: Target, octets: Buffer | undefined): Promise<void> {
  const { host, port } = target;
  const name = isIP(host) === 0 ? { servername: host } : {};
  const line = connect({ host, port, ...name, ...(await credentialsOf(target)) });
  try {
    await ended(line, octets, host);
  } finally {
    line.destroy();
  }
}

function ended(line: TLSSocket, octets: Buffer | undefined, host: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const silent = (what: string) => reject(new AppError('remote.unreachable', what, { host }));
  let isSent = false;
  line.setTimeout(patience, () => silent('The other computer does not answer.'));
  line.once('secureConnect', () => {
    // Whatever it may say is read, so that its end is seen.
    line.resume();
    setTimeout(() => line.destroyed || line.end(octets ?? '', () => (isSent = true)), settling);
  });
  line.once('error', reject);
  line.once('end', () => (isSent ? resolve() : silent('The other computer ended the connection before everything was said.')));
  line.once('close', () => silent('The other computer ended the connection without a word.'));
  return promise;
}
