import type { Socket } from 'node:net';
import { listenPrivately } from '../private-socket.ts';

const socketName = 'window.sock';

/**
 * Holds the place of the one window of this profile; gives what lets it go. Whoever comes second makes the first show
 * itself.
 * @throws AppError store.busy for the second.
 */
export async function holdSingleInstance(profileDirectory: string, show: () => void): Promise<() => Promise<void>> {
  return listenPrivately(profileDirectory, socketName, (socket: Socket) => {
    // Being called on is the whole message.
    socket.on('error', () => socket.destroy());
    socket.destroy();
    show();
  });
}
