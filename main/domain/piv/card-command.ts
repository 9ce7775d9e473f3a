import { concatenate } from '../asn1/der-writer.ts';

/** One command to a card (ISO 7816-4, section 5.1), of the interindustry class. */
export interface CardCommand {
  readonly instruction: number;
  readonly p1: number;
  readonly p2: number;
  readonly data?: Uint8Array;
}

export interface CardAnswer {
  readonly data: Uint8Array;
  /** SW1 and SW2. */
  readonly status: number;
}

const longestData = 255;
const chained = 0x10;

/** As short commands, all but the last of them announcing more. */
export function commandOctets({ instruction, p1, p2, data = new Uint8Array() }: CardCommand): readonly Uint8Array[] {
  const pieces = Math.max(1, Math.ceil(data.length / longestData));
  return Array.from({ length: pieces }, (_, at) => {
    const piece = data.subarray(at * longestData, (at + 1) * longestData);
    const header = Uint8Array.of(at < pieces - 1 ? chained : 0, instruction, p1, p2);
    return piece.length === 0 ? concatenate([header, Uint8Array.of(0)]) : concatenate([header, Uint8Array.of(piece.length), piece]);
  });
}

/** What a card answered; something too short for a status word is an answer nobody can use. */
export function readAnswer(octets: Uint8Array): CardAnswer {
  const [sw1, sw2] = octets.subarray(-2);
  if (sw1 === undefined || sw2 === undefined) return { data: new Uint8Array(), status: 0 };
  return { data: octets.subarray(0, -2), status: sw1 * 256 + sw2 };
}

export const isGood = ({ status }: CardAnswer): boolean => status === 0x9000;

/** How many octets more are ready (61xx); 256 where it says no number; 0 where the answer is whole. */
export const moreOctets = ({ status }: CardAnswer): number => (status >> 8 === 0x61 ? status & 0xff || 256 : 0);

/** Asks for the rest of an answer. */
const getResponse = (octets: number): Uint8Array => Uint8Array.of(0, 0xc0, 0, 0, octets & 0xff);

/** More than any object of a card: one that never ends is heard no further. */
const longestAnswer = 16_384;

/** One command, chained where it is long, and its whole answer. What is sent is wiped. */
export async function perform(transmit: (octets: Uint8Array) => Promise<Uint8Array>, command: CardCommand): Promise<CardAnswer> {
  let last: CardAnswer = { data: new Uint8Array(), status: 0 };
  for (const octets of commandOctets(command)) {
    last = readAnswer(await transmit(octets));
    octets.fill(0);
  }
  const pieces = [last.data];
  let { length } = last.data;
  while (moreOctets(last) > 0 && length < longestAnswer) {
    last = readAnswer(await transmit(getResponse(moreOctets(last))));
    pieces.push(last.data);
    length += last.data.length;
  }
  return { data: concatenate(pieces), status: last.status };
}
