import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import type { LoggedEvent } from '../../domain/audit-formats/logged-event.ts';
import { syslogMessage } from '../../domain/audit-formats/rfc5424.ts';
import type { SinkTarget } from '../../domain/audit-formats/sink-target.ts';
import type { Delivery } from '../../ports/audit-sinks.ts';

type Target = SinkTarget & { readonly kind: 'syslog-udp' };

/** What fits into one datagram (RFC 5426 section 3.2); a longer message loses its end. */
const most = 65_000;

/** RFC 5426: a message in each datagram. Nobody says whether it arrived. */
export async function deliverUdp(target: Target, events: readonly LoggedEvent[]): Promise<Delivery> {
  const { address, family } = await lookup(target.host);
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    for (const event of events)
      await send(socket, Buffer.from(syslogMessage(event, target.content)).subarray(0, most), target.port, address);
    return { taken: events.length };
  } finally {
    socket.close();
  }
}

/** Only whether the name is one. */
export async function probeUdp({ host }: Target): Promise<void> {
  await lookup(host);
}

const send = (socket: Socket, octets: Buffer, port: number, address: string): Promise<void> =>
  new Promise((resolve, reject) => socket.send(octets, port, address, (error) => (error === null ? resolve() : reject(error))));
