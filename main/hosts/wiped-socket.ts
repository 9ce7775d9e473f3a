import { Socket } from 'node:net';

/** As many octets as the system hands over at once. */
const bufferOctets = 64 * 1024;

/**
 * A socket on a descriptor that reads into one buffer of its own, wiped after each piece: by itself Node cuts a new one to size for each,
 * and what it cut it from is freed as it is, with the passphrase in it. Whoever hears `data` copies what they keep.
 */
export function wipedSocket(descriptor: number): Socket {
  const socket: Socket = new Socket({
    fd: descriptor,
    onread: {
      buffer: new Uint8Array(bufferOctets),
      callback: (length, octets) => {
        socket.emit('data', octets.subarray(0, length));
        octets.fill(0, 0, length);
        return true;
      },
    },
  });
  return socket;
}
