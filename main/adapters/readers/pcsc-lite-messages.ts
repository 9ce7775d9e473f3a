import { endianness } from 'node:os';
import type { SeenReader } from '../../domain/token/reader-health.ts';

/** The messages of pcsc-lite's protocol 4 (winscard_msg.h), in the machine's own order of octets. */
export const command = {
  establish: 0x01,
  connect: 0x04,
  disconnect: 0x06,
  begin: 0x07,
  end: 0x08,
  transmit: 0x09,
  version: 0x11,
  getReadersState: 0x12,
} as const;
export const protocol = { major: 4, minor: 4 } as const;

/** version_struct: major, minor, rv. */
export const versionSize = 12;
/** READER_STATE: name, eventCounter, readerState, readerSharing, cardAtr, cardAtrLength, cardProtocol. */
const stateSize = 184;
const at = { state: 132, atr: 140, atrLength: 176 } as const;
export const nameSize = 128;
const longestAtr = 33;
const readersInList = 16;

/** Octets of the whole answer to `stateRequest`. */
export const statesSize = versionSize + readersInList * stateSize;

/** SCARD_PRESENT: something is in the reader. */
const presentBit = 0x4;

const isLittle = endianness() === 'LE';

/** Numbers of 32 bits in a row. */
export function words(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => (isLittle ? buffer.writeUInt32LE(value, 4 * index) : buffer.writeUInt32BE(value, 4 * index)));
  return buffer;
}

export const readWord = (octets: Buffer, at: number): number => (isLittle ? octets.readUInt32LE(at) : octets.readUInt32BE(at));

/** Says which protocol is spoken, then asks for the states of all readers. Each message: size and command, then its body. */
export const stateRequest = (): Buffer =>
  Buffer.concat([words(versionSize, command.version, protocol.major, protocol.minor, 0), words(0, command.getReadersState)]);

/** The readers in a whole answer; places without a name are free. */
export function readStates(answer: Buffer): SeenReader[] {
  return Array.from({ length: readersInList }, (_, index) =>
    answer.subarray(versionSize + index * stateSize, versionSize + (index + 1) * stateSize),
  )
    .map(readState)
    .filter(({ name }) => name !== '');
}

function readState(state: Buffer): SeenReader {
  const [name = ''] = state.toString('utf8', 0, nameSize).split('\0');
  if ((readWord(state, at.state) & presentBit) === 0) return { name, card: 'none', atr: null };
  const length = Math.min(readWord(state, at.atrLength), longestAtr);
  return length === 0 ? { name, card: 'mute', atr: null } : { name, card: 'present', atr: state.toString('hex', at.atr, at.atr + length) };
}
