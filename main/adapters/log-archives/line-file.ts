import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { fileRefusals, systemCode } from '../../domain/process/system-error.ts';
import type { FileDigest } from '../../ports/backups.ts';
import type { LogArchive } from '../../ports/log-archive.ts';

/** An entry has at most 65,535 octets; the first line has a note and a few hashes. */
const longestLine = 131_072;

/** A text file beside its place until it is whole. */
export const lineFileArchive: LogArchive = {
  write: (path, lines) => writeLines(path, lines).catch(translate),
  lines: readLines,
  discardUnfinished: (path) => rm(unfinished(path), { force: true }).catch(translate),
};

const unfinished = (path: string): string => `${path}.partial`;

/** The name is given by a link, which fails where there is one already. */
async function writeLines(path: string, lines: AsyncIterable<string>): Promise<FileDigest> {
  const partial = unfinished(path);
  await rm(partial, { force: true });
  try {
    const digest = await fill(partial, lines);
    await link(partial, path);
    await syncFolder(dirname(path));
    return digest;
  } finally {
    await rm(partial, { force: true });
  }
}

async function fill(path: string, lines: AsyncIterable<string>): Promise<FileDigest> {
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let octets = 0;
  try {
    for await (const line of lines) {
      const chunk = Buffer.from(`${line}\n`);
      hash.update(chunk);
      octets += chunk.length;
      await file.writeFile(chunk);
    }
    await file.sync();
    return { octets, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** Windows does so unasked. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().catch(() => undefined);
  await handle.close();
}

async function* readLines(path: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8' }) as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
      if (rest.length > longestLine) throw new AppError('input.too-large', 'A line of this file is too long.', { what: 'line' });
    }
    if (rest !== '') yield rest;
  } catch (error) {
    translate(error);
  }
}

const codes: ReadonlyMap<string, ErrorCode> = new Map([...fileRefusals, ['ENOTDIR', 'not-found'], ['EEXIST', 'conflict']]);

function translate(error: unknown): never {
  if (error instanceof AppError) throw error;
  throw new AppError(codes.get(systemCode(error)) ?? 'internal', 'The archive cannot be used.', { what: 'file' }, { cause: error });
}
