import type { ReadStream } from 'node:tty';

const enter = new Set([0x0a, 0x0d]);
const backspace = new Set([0x08, 0x7f]);
const interrupt = 0x03;
const longest = 4096;

/** Asks on a terminal without an echo. What was typed is the caller's to wipe; Ctrl+C ends the process as ever. */
export function askHidden(input: ReadStream, output: NodeJS.WritableStream): (question: string) => Promise<Uint8Array> {
  return (question) =>
    new Promise((resolve) => {
      const typed = Buffer.alloc(longest);
      let length = 0;
      const finish = () => {
        input.off('data', hear);
        input.setRawMode(false);
        input.pause();
        output.write('\n');
        resolve(Uint8Array.from(typed.subarray(0, length)));
        typed.fill(0);
      };
      const hear = (chunk: Buffer) => {
        for (const octet of chunk) {
          if (octet === interrupt) process.kill(process.pid, 'SIGINT');
          else if (enter.has(octet)) return finish();
          else if (backspace.has(octet)) length = withoutLastCharacter(typed, length);
          else if (length < longest) typed[length++] = octet;
        }
        chunk.fill(0);
      };
      output.write(question);
      input.setRawMode(true);
      input.resume();
      input.on('data', hear);
    });
}

/** A character of several octets goes as a whole. */
function withoutLastCharacter(typed: Uint8Array, length: number): number {
  let end = Math.max(0, length - 1);
  while (end > 0 && ((typed[end] ?? 0) & 0xc0) === 0x80) end--;
  return end;
}
