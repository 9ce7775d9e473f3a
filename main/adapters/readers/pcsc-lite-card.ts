import { setTimeout as pass } from 'node:timers/promises';
import { AppError } from '../../domain/errors.ts';
import type { CardLine } from '../../ports/readers.ts';
import { PcscLiteLine } from './pcsc-lite-line.ts';
import { command, nameSize, protocol, readWord, versionSize, words } from './pcsc-lite-messages.ts';

/** Of `winscard_msg.h` and `pcsclite.h`. */
const scope = 2;
const shared = 2;
const anyProtocol = 3;
const leaveCard = 0;
const [ioRequestSize, longestAnswer] = [16, 65_548];
const [establishSize, connectSize, beginSize, endSize, transmitSize] = [12, 152, 8, 12, 32];

const sharingViolation = 0x8010000b;
const [noCard, removedCard, unpoweredCard, unknownReader] = [0x8010000c, 0x80100069, 0x80100067, 0x80100009];

/** Another program’s turn is waited for so long; milliseconds. */
const [longestWait, pause] = [2_000, 50];

interface Connected {
  readonly line: PcscLiteLine;
  readonly card: number;
  readonly protocol: number;
}

/** Speaks to the card in one reader in one transaction. @throws AppError as `Readers.withCard` */
export async function withPcscLiteCard<T>(
  { socket, milliseconds }: { readonly socket: string; readonly milliseconds: number },
  reader: string,
  act: (card: CardLine) => Promise<T>,
): Promise<T> {
  const line = await PcscLiteLine.open(socket, milliseconds);
  try {
    const connected = await connectTo(line, reader);
    await begin(connected);
    try {
      return await act({ transmit: async (octets) => transmit(connected, octets) });
    } finally {
      await end(connected);
    }
  } finally {
    line.close();
  }
}

/** Who hangs up in the middle of a transaction has the card reset, which would cost another program its login. */
async function end({ line, card }: Connected): Promise<void> {
  try {
    line.send(words(endSize, command.end, card, leaveCard, 0), words(endSize, command.disconnect, card, leaveCard, 0));
    await line.hear(2 * endSize);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

async function connectTo(line: PcscLiteLine, reader: string): Promise<Connected> {
  line.send(words(versionSize, command.version, protocol.major, protocol.minor, 0));
  requireDone(readWord(await line.hear(versionSize), 8));
  line.send(words(establishSize, command.establish, scope, 0, 0));
  const established = await line.hear(establishSize);
  requireDone(readWord(established, 8));
  const name = Buffer.alloc(nameSize);
  name.write(reader, 0, nameSize - 1, 'utf8');
  line.send(words(connectSize, command.connect, readWord(established, 4)), name, words(shared, anyProtocol, 0, 0, 0));
  const connected = await line.hear(connectSize);
  requireDone(readWord(connected, 148));
  return { line, card: readWord(connected, 140), protocol: readWord(connected, 144) };
}

/** Another program at work is waited for, not for ever. */
async function begin({ line, card }: Connected): Promise<void> {
  const deadline = performance.now() + longestWait;
  for (;;) {
    line.send(words(beginSize, command.begin, card, 0));
    const result = readWord(await line.hear(beginSize), 4);
    if (result !== sharingViolation || performance.now() > deadline) return requireDone(result);
    await pass(pause);
  }
}

async function transmit({ line, card, protocol: spoken }: Connected, octets: Uint8Array): Promise<Uint8Array> {
  const header = words(transmitSize, command.transmit, card, spoken, ioRequestSize, octets.length, spoken, ioRequestSize, longestAnswer, 0);
  line.send(header, Buffer.from(octets));
  const answered = await line.hear(transmitSize);
  requireDone(readWord(answered, 28));
  return line.hear(Math.min(longestAnswer, readWord(answered, 24)));
}

function requireDone(result: number): void {
  if (result === 0) return;
  const returnValue = `0x${result.toString(16)}`;
  if (result === noCard || result === unknownReader) throw new AppError('token.absent', 'No card is in this reader.', { returnValue });
  if (result === removedCard || result === unpoweredCard) throw new AppError('token.removed', 'The card was taken out.', { returnValue });
  throw new AppError('token.device-failed', 'The reader service did not let the card be asked.', { returnValue });
}
