import { AppError } from '../../domain/errors.ts';
import { fileError } from './file-errors.ts';

/** Takes octets out of a stream. What the stream fails with, and its end before its time, is a backup that is damaged. */
export interface OctetReader {
  exactly(count: number): Promise<Uint8Array>;
  /** At least one octet and at most `most`. */
  some(most: number): Promise<Uint8Array>;
  /** Reads what is left, which is authenticated by it. */
  toEnd(): Promise<void>;
  /** Lets the source go before its end. */
  cancel(): Promise<void>;
}

export function takeOctets(stream: globalThis.ReadableStream<Uint8Array>): OctetReader {
  const reader = stream.getReader();
  let held: Uint8Array = new Uint8Array();
  const fill = async (): Promise<boolean> => {
    while (held.length === 0) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw damaged(error);
      });
      if (done) return false;
      held = value;
    }
    return true;
  };
  const some = async (most: number): Promise<Uint8Array> => {
    if (!(await fill())) throw damaged(undefined);
    const taken = held.subarray(0, most);
    held = held.subarray(taken.length);
    return taken;
  };
  return {
    some,
    async exactly(count) {
      const octets = new Uint8Array(count);
      for (let at = 0; at < count;) {
        const taken = await some(count - at);
        octets.set(taken, at);
        at += taken.length;
      }
      return octets;
    },
    async toEnd() {
      while (await fill()) held = new Uint8Array();
    },
    cancel: () => reader.cancel().catch(() => undefined),
  };
}

function damaged(cause: unknown): AppError {
  const known = fileError(cause);
  return known instanceof AppError ? known : new AppError('integrity.backup-damaged', 'This backup is damaged.', {}, { cause });
}
