import { fixedOctets } from '../../domain/encoding/octets.ts';
import { AppError } from '../../domain/errors.ts';
import { Secret, FileContent } from '../secret.ts';
import type { WireLimits } from '../wire.ts';
import { frameBytes, type Frame, type FrameKind } from './frames.ts';

/**
 * How a message travels: packets of `length (4 octets) | type (1) | message number (4) | body`, numbers big-endian.
 * The head packet says how long the JSON and each frame are; part packets then carry those octets in order. Parts of
 * two messages may alternate.
 */
const packetType = { head: 1, part: 2 } as const;
const packetHeaderLength = 9;
const headBodyLength = 6;
const frameEntryLength = 5;
const kindOctets: ReadonlyMap<FrameKind, number> = new Map<FrameKind, number>([
  [Secret, 1],
  [FileContent, 2],
]);
const kindOfOctet = new Map([...kindOctets].map(([kind, octet]) => [octet, kind]));

/** How many messages a peer may have begun and not finished: one big one, and small ones beside it. */
const maximumOpen = 4;

/** One write. `holdsSecret`: the octets are a copy to be wiped once written. */
export interface Packet {
  readonly bytes: readonly Uint8Array[];
  readonly holdsSecret: boolean;
}

/** A message that has arrived whole. */
export interface Arrived {
  readonly json: string;
  readonly frames: readonly Uint8Array[];
  readonly kinds: readonly FrameKind[];
}

/**
 * The packets of one message. Files are sent as they are, secrets as copies.
 * @throws AppError input.too-large when the message is beyond the limits of the wire.
 */
export function* packetsOf(number: number, json: string, frames: readonly Frame[], limits: WireLimits): Generator<Packet, void> {
  const text = new TextEncoder().encode(json);
  const kinds = frames.map(kindOf);
  const lengths = frames.map((frame) => frameBytes(frame).length);
  checkLimits(text.length, lengths, kinds, limits);
  yield { bytes: [headPacket(number, text.length, lengths, kinds)], holdsSecret: false };
  yield* partsOf(number, text, limits.part);
  for (const frame of frames) {
    if (frame instanceof Secret) yield* secretParts(number, frame, limits.part);
    else yield* partsOf(number, frame.bytes, limits.part);
  }
}

const kindOf = (frame: Frame): FrameKind => (frame instanceof Secret ? Secret : FileContent);

function* secretParts(number: number, secret: Secret, size: number): Generator<Packet, void> {
  for (const { bytes } of partsOf(number, Uint8Array.from(secret.reveal()), size)) yield { bytes, holdsSecret: true };
}

function* partsOf(number: number, bytes: Uint8Array, size: number): Generator<Packet, void> {
  for (let at = 0; at < bytes.length; at += size) {
    const part = bytes.subarray(at, at + size);
    yield { bytes: [packetHeader(part.length, packetType.part, number), part], holdsSecret: false };
  }
}

function packetHeader(length: number, type: number, number: number): Uint8Array {
  const header = new Uint8Array(packetHeaderLength);
  const view = new DataView(header.buffer);
  view.setUint32(0, length);
  view.setUint8(4, type);
  view.setUint32(5, number);
  return header;
}

function headPacket(number: number, jsonLength: number, lengths: readonly number[], kinds: readonly FrameKind[]): Uint8Array {
  const body = headBodyLength + lengths.length * frameEntryLength;
  const packet = new Uint8Array(packetHeaderLength + body);
  packet.set(packetHeader(body, packetType.head, number));
  const view = new DataView(packet.buffer, packetHeaderLength);
  view.setUint32(0, jsonLength);
  view.setUint16(4, lengths.length);
  lengths.forEach((length, index) => {
    const at = headBodyLength + index * frameEntryLength;
    view.setUint8(at, kindOctets.get(kinds[index] ?? FileContent) ?? 0);
    view.setUint32(at + 1, length);
  });
  return packet;
}

function checkLimits(json: number, lengths: readonly number[], kinds: readonly FrameKind[], limits: WireLimits): void {
  const total = lengths.reduce((sum, length) => sum + length, json);
  const fits = (length: number, index: number): boolean => length <= (kinds[index] === Secret ? limits.secret : limits.file);
  if (json > limits.json || lengths.length > limits.frames || total > limits.message || !lengths.every(fits)) {
    throw new AppError('input.too-large', 'This is more than one message may carry.', { octets: total });
  }
}

/** A message that is still arriving: where its octets go, in order. */
interface Opening {
  readonly kinds: readonly FrameKind[];
  /** The JSON, then each frame. */
  readonly segments: readonly Uint8Array[];
  segment: number;
  at: number;
}

/**
 * Reads packets from any cut of the byte stream. Breaking the format or a limit throws
 * AppError (input.invalid, input.too-large); the peer is then to be disconnected.
 */
export class PacketReader {
  #limits: WireLimits;
  readonly #open = new Map<number, Opening>();
  readonly #header = new Uint8Array(packetHeaderLength);
  #headerAt = 0;
  #head: Uint8Array | undefined;
  #headAt = 0;
  #partLeft = 0;
  #number = 0;

  constructor(limits: WireLimits) {
    this.#limits = limits;
  }

  /** From here on messages may be as big as this. */
  limit(limits: WireLimits): void {
    this.#limits = limits;
  }

  /** Takes what has arrived and gives every message it completes. The octets of secrets are wiped from `chunk`. */
  *read(chunk: Uint8Array): Generator<Arrived, void> {
    let at = 0;
    while (at < chunk.length) {
      if (this.#head !== undefined) at += this.#readHead(chunk.subarray(at), this.#head);
      else if (this.#partLeft > 0) at += this.#readPart(chunk.subarray(at));
      else at += this.#readHeader(chunk.subarray(at));
      const done = this.#takeFinished();
      if (done !== undefined) yield done;
    }
  }

  #readHeader(chunk: Uint8Array): number {
    const taken = chunk.subarray(0, packetHeaderLength - this.#headerAt);
    this.#header.set(taken, this.#headerAt);
    this.#headerAt += taken.length;
    if (this.#headerAt === packetHeaderLength) this.#beginPacket();
    return taken.length;
  }

  #beginPacket(): void {
    const view = new DataView(this.#header.buffer);
    const [length, type, number] = [view.getUint32(0), view.getUint8(4), view.getUint32(5)];
    this.#headerAt = 0;
    this.#number = number;
    if (type === packetType.head) this.#beginHead(length, number);
    else if (type === packetType.part) this.#beginPart(length, number);
    else throw broken('an unknown packet');
  }

  #beginHead(length: number, number: number): void {
    const longest = headBodyLength + this.#limits.frames * frameEntryLength;
    if (length < headBodyLength || length > longest) throw broken('a head of an impossible length');
    if (this.#open.has(number) || this.#open.size >= maximumOpen) throw broken('too many messages at once');
    this.#head = new Uint8Array(length);
    this.#headAt = 0;
  }

  #beginPart(length: number, number: number): void {
    const opening = this.#open.get(number);
    const segment = opening?.segments[opening.segment];
    if (opening === undefined || segment === undefined) throw broken('a part of no message');
    if (length === 0 || length > this.#limits.part || length > segment.length - opening.at) throw broken('a part of an impossible length');
    this.#partLeft = length;
  }

  #readHead(chunk: Uint8Array, head: Uint8Array): number {
    const taken = chunk.subarray(0, head.length - this.#headAt);
    head.set(taken, this.#headAt);
    this.#headAt += taken.length;
    if (this.#headAt === head.length) {
      this.#open.set(this.#number, openingOf(head, this.#limits));
      this.#head = undefined;
    }
    return taken.length;
  }

  #readPart(chunk: Uint8Array): number {
    const opening = this.#open.get(this.#number);
    const segment = opening?.segments[opening.segment];
    if (opening === undefined || segment === undefined) throw broken('a part of no message');
    const taken = chunk.subarray(0, this.#partLeft);
    segment.set(taken, opening.at);
    if (opening.kinds[opening.segment - 1] === Secret) taken.fill(0);
    opening.at += taken.length;
    this.#partLeft -= taken.length;
    return taken.length;
  }

  #takeFinished(): Arrived | undefined {
    const opening = this.#head === undefined && this.#partLeft === 0 && this.#headerAt === 0 ? this.#open.get(this.#number) : undefined;
    if (opening === undefined) return undefined;
    while (opening.segments[opening.segment]?.length === opening.at) {
      opening.segment++;
      opening.at = 0;
    }
    if (opening.segment < opening.segments.length) return undefined;
    this.#open.delete(this.#number);
    return arrivedOf(opening);
  }
}

function openingOf(head: Uint8Array, limits: WireLimits): Opening {
  const view = new DataView(head.buffer);
  const count = view.getUint16(4);
  if (head.length !== headBodyLength + count * frameEntryLength) throw broken('a head of an impossible length');
  const entries = Array.from({ length: count }, (_, index) => headBodyLength + index * frameEntryLength);
  const kinds = entries.map((at) => kindOfOctet.get(view.getUint8(at)) ?? refuseKind());
  const lengths = entries.map((at) => view.getUint32(at + 1));
  checkLimits(view.getUint32(0), lengths, kinds, limits);
  return { kinds, segments: [view.getUint32(0), ...lengths].map(fixedOctets), segment: 0, at: 0 };
}

function arrivedOf({ segments, kinds }: Opening): Arrived {
  const [text = new Uint8Array(), ...frames] = segments;
  try {
    return { json: new TextDecoder('utf-8', { fatal: true }).decode(text), frames, kinds };
  } catch (cause) {
    throw new AppError('input.invalid', 'The text of a message is not UTF-8.', {}, { cause });
  }
}

function refuseKind(): never {
  throw broken('a frame of an unknown kind');
}

const broken = (what: string): AppError => new AppError('input.invalid', `A message breaks the format of the wire: ${what}.`, { what });
