import { z } from 'zod';
import { octetsOf, wholeOf, type OctetSource } from '../domain/encoding/octet-source.ts';

/** Whoever wants a whole file gets no more. */
const largestWhole = 64 << 20;

/**
 * A passphrase, PIN, password or private key on its way through the core. It lives in a Buffer that is wiped after
 * use, and every way of turning it into text gives `[secret]`.
 */
export class Secret {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The octets themselves, not a copy: wiped together with this secret. */
  reveal(): Uint8Array {
    return this.#bytes;
  }

  wipe(): void {
    this.#bytes.fill(0);
  }

  toJSON(): string {
    return '[secret]';
  }

  toString(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}

/** Foreign or produced file content: travels as a binary frame, never as JSON. */
export class FileContent {
  readonly name: string;
  readonly bytes: Uint8Array;

  constructor(name: string, bytes: Uint8Array) {
    this.name = name;
    this.bytes = bytes;
  }

  /** A file that stays where it is, longer than the memory perhaps; only calls that never leave their process take it as such. */
  static at(name: string, octets: OctetSource): FileContent {
    return Object.defineProperties(new FileContent(name, new Uint8Array(0)), {
      bytes: { get: () => wholeOf(octets, largestWhole) },
      octets: { value: octets },
      toJSON: { value: () => '[file]' },
    });
  }

  /** The content in pieces. */
  get octets(): OctetSource {
    return octetsOf(this.bytes);
  }

  toJSON(): string {
    return `[file of ${this.bytes.length} octets]`;
  }
}

export const secret = () => z.instanceof(Secret).meta({ description: 'secret' });
export const fileContent = () => z.instanceof(FileContent).meta({ description: 'file' });
