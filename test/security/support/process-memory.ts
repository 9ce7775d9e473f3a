import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const chunkOctets = 8 * 1024 * 1024;
/** What is looked for may lie across two chunks. */
const overlap = 4096;

/** Which of these octets are anywhere in what another process may write to (Linux): what a dump of it would hold. */
export function foundInMemory(pid: number, needles: Readonly<Record<string, Buffer>>): string[] {
  const found = new Set<string>();
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const chunk of chunksOf(memory, writableRegions(pid)))
      for (const [name, octets] of Object.entries(needles)) if (chunk.includes(octets)) found.add(name);
  } finally {
    closeSync(memory);
  }
  return [...found];
}

interface Region {
  readonly begin: number;
  readonly end: number;
}

function writableRegions(pid: number): Region[] {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, begin = '', end = '', access = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
      return access.startsWith('rw') ? [{ begin: Number.parseInt(begin, 16), end: Number.parseInt(end, 16) }] : [];
    });
}

function* chunksOf(memory: number, regions: readonly Region[]): Generator<Buffer> {
  const buffer = Buffer.alloc(chunkOctets);
  for (const { begin, end } of regions)
    for (let at = begin; at < end; at += chunkOctets - overlap) yield buffer.subarray(0, readAt(memory, buffer, at, end));
}

/** A page that was given back meanwhile cannot be read, and holds nothing. */
function readAt(memory: number, buffer: Buffer, at: number, end: number): number {
  try {
    return readSync(memory, buffer, 0, Math.min(chunkOctets, end - at), at);
  } catch {
    return 0;
  }
}
