import type { Duplex } from 'node:stream';
import type { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { FileContent, Secret } from '../contract/secret.ts';
import { wireLimits, type WireLimits, type WireMessage } from '../contract/wire.ts';
import { attachFrames, detachFrames, frameBytes } from '../contract/wire/frames.ts';
import { PacketReader, packetsOf, type Arrived, type Packet } from '../contract/wire/packets.ts';

export interface Receiver<Heard> {
  /** What this side listens to. A peer that sends anything else is disconnected. */
  readonly schema: z.ZodType<Heard>;
  onMessage(message: Heard): void;
  /** Runs once; `reason` is absent when the peer just went away. */
  onClose(reason?: unknown): void;
}

/** Messages both ways over a byte stream. */
export interface MessageStream<Said> {
  /**
   * Settles once the octets are written; until then frames must stay as they are.
   * @throws AppError input.invalid, input.too-large for what cannot be sent; cancelled when the peer is gone.
   */
  readonly send: (message: Said) => Promise<void>;
  /** As `send`, for secrets that are nobody else's: wipes them, sent or not. */
  readonly sendAndWipe: (message: Said) => Promise<void>;
  /** From here on the peer may send what `limits` allow. */
  readonly limit: (limits: WireLimits) => void;
  readonly close: (reason?: unknown) => void;
}

/**
 * Speaks messages over any duplex stream. A small message passes between two parts of a big one; big ones follow one
 * another. A peer that breaks the format, a limit or the schema is disconnected.
 */
export function openMessageStream<Said extends WireMessage, Heard>(
  stream: Duplex,
  receiver: Receiver<Heard>,
  limits: WireLimits = wireLimits,
): MessageStream<Said> {
  const reader = new PacketReader(limits);
  const outbox = new Outbox(stream);
  let isClosed = false;
  const close = (reason?: unknown): void => {
    if (isClosed) return;
    isClosed = true;
    outbox.close();
    stream.destroy();
    receiver.onClose(reason);
  };
  stream.on('data', (chunk: Uint8Array) => {
    try {
      for (const arrived of reader.read(chunk)) if (!isClosed) receiver.onMessage(messageOf(arrived, receiver.schema));
    } catch (error) {
      close(error);
    }
  });
  stream.on('error', close);
  stream.on('close', () => close());
  stream.on('end', () => close());
  return {
    send: (message) => outbox.send(message),
    sendAndWipe: (message) => outbox.send(message).finally(() => wipeSecrets(message)),
    limit: (next) => reader.limit(next),
    close,
  };
}

function messageOf<Heard>(arrived: Arrived, schema: z.ZodType<Heard>): Heard {
  const result = schema.safeParse(attachFrames(arrived.json, arrived.frames, arrived.kinds));
  if (!result.success) throw new AppError('input.invalid', 'A message of the wire is not one of those expected.');
  return result.data;
}

function wipeSecrets(value: unknown): void {
  if (value instanceof Secret) value.wipe();
  else if (typeof value === 'object' && value !== null && !(value instanceof FileContent)) Object.values(value).forEach(wipeSecrets);
}

interface Outgoing {
  readonly packets: Generator<Packet, void>;
  readonly isSent: () => void;
  readonly isRefused: (error: unknown) => void;
}

/** Up to this many octets a message goes out in one piece, ahead of bigger ones. */
const smallMessage = 64 * 1024;

/** What waits to be written: small messages first, each whole; bigger ones in turn, part by part. */
class Outbox {
  readonly #stream: Duplex;
  readonly #small: Outgoing[] = [];
  readonly #big: Outgoing[] = [];
  #next = 1;
  #isWriting = false;
  #isClosed = false;

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  async send(message: WireMessage): Promise<void> {
    if (this.#isClosed) throw gone();
    const { json, frames } = detachFrames(message);
    const packets = packetsOf(this.#next, json, frames, wireLimits);
    // Checks the limits: what cannot be sent is refused before any of it is queued.
    const head = packets.next();
    this.#next = (this.#next + 1) >>> 0;
    const lane = json.length + frames.reduce((sum, frame) => sum + frameBytes(frame).length, 0) <= smallMessage ? this.#small : this.#big;
    const sent = new Promise<void>((isSent, isRefused) => lane.push({ packets: prepend(head, packets), isSent, isRefused }));
    void this.#write();
    await sent;
  }

  close(): void {
    this.#isClosed = true;
    for (const outgoing of [...this.#small.splice(0), ...this.#big.splice(0)]) outgoing.isRefused(gone());
  }

  async #write(): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    while (this.#small.length + this.#big.length > 0) {
      const small = this.#small.shift();
      if (small !== undefined) await this.#writePackets(small, [...small.packets], true);
      else await this.#writePartOfBig();
    }
    this.#isWriting = false;
  }

  async #writePartOfBig(): Promise<void> {
    const [big] = this.#big;
    const next = big?.packets.next();
    if (big === undefined || next === undefined) return;
    const isLast = next.done === true;
    const isWritten = await this.#writePackets(big, isLast ? [] : [next.value], isLast);
    if ((isLast || !isWritten) && this.#big[0] === big) this.#big.shift();
  }

  async #writePackets(outgoing: Outgoing, packets: readonly Packet[], isLast: boolean): Promise<boolean> {
    try {
      await write(
        this.#stream,
        packets.flatMap(({ bytes }) => bytes),
      );
      if (isLast) outgoing.isSent();
      return true;
    } catch (error) {
      outgoing.isRefused(error);
      return false;
    } finally {
      for (const { bytes } of packets.filter(({ holdsSecret }) => holdsSecret)) bytes.forEach((octets) => octets.fill(0));
    }
  }
}

function* prepend(head: IteratorResult<Packet, void>, rest: Generator<Packet, void>): Generator<Packet, void> {
  if (head.done !== true) yield head.value;
  yield* rest;
}

function write(stream: Duplex, pieces: readonly Uint8Array[]): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stream.destroyed) return reject(gone());
    if (pieces.length === 0) return resolve();
    stream.cork();
    pieces.forEach((piece, index) => {
      stream.write(piece, index === pieces.length - 1 ? (error) => (error ? reject(gone()) : resolve()) : undefined);
    });
    return stream.uncork();
  });
}

const gone = (): AppError => new AppError('cancelled', 'The other side is gone.');
