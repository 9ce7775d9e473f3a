import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface SmtpSink {
  readonly port: number;
  /** The next mail, octets as latin1 with CRLF. */
  next(): Promise<string>;
  close(): Promise<void>;
}

/** A mail server on loopback that takes every mail and delivers none (RFC 5321, as much as a client needs). */
export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: string[] = [];
  const waiting: ((mail: string) => void)[] = [];
  const deliver = (mail: string) => {
    const taker = waiting.shift();
    if (taker === undefined) mails.push(mail);
    else taker(mail);
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    void converse(socket, deliver);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    next: () => {
      const mail = mails.shift();
      return mail === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(mail);
    },
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function converse(socket: Socket, deliver: (mail: string) => void): Promise<void> {
  socket.on('error', () => socket.destroy());
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 sink');
  let mail: string[] | undefined;
  for await (const line of createInterface({ input: socket.setEncoding('latin1'), crlfDelay: Infinity })) {
    if (mail === undefined) {
      if (/^data$/i.test(line)) mail = [];
      say(answerTo(line));
      if (/^quit$/i.test(line)) socket.end();
    } else if (line === '.') {
      deliver(`${mail.join('\r\n')}\r\n`);
      mail = undefined;
      say('250 taken');
    } else mail.push(line.replace(/^\./, ''));
  }
}

function answerTo(line: string): string {
  if (/^data$/i.test(line)) return '354 go on';
  return /^(helo|ehlo|mail|rcpt|rset|noop)\b/i.test(line) ? '250 fine' : /^quit$/i.test(line) ? '221 bye' : '502 unknown';
}
