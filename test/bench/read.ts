import { readFileSync, writeFileSync, writeSync, openSync, closeSync } from 'node:fs';
import { openTools } from '../../main/compose.ts';
import { createClient, type Client } from '../../main/contract/client.ts';
import { nodeFiles } from '../../main/cli/files.ts';
import { FileContent } from '../../main/contract/secret.ts';

/** What is to be read: files that openssl made, by their paths. */
export type ReadOrder =
  | { readonly act: 'paths'; readonly root: string; readonly issuer: string; readonly leaves: readonly string[] }
  | { readonly act: 'inspect'; readonly files: readonly string[] }
  | { readonly act: 'decrypt'; readonly file: string; readonly key: string; readonly certificate: string; readonly out: string }
  | { readonly act: 'verify'; readonly file: string; readonly root: string };

export interface Read {
  readonly milliseconds: number;
  /** The most the process held beyond what it held before, resident. */
  readonly megabytes: number;
  /** All of it came out as it should. */
  readonly isGood: boolean;
}

/** Through the same door as every caller, the files read as the command line reads them. */
async function read(order: ReadOrder): Promise<Read> {
  const door = await openTools();
  const client = createClient((name, input) => door.call(name, input, { connection: 'bench', host: 'command-line' }));
  // What is compiled and read once for a process of thousands of calls is not measured, as it is not in a loop of a C program.
  for (let time = 0; time < (order.act === 'paths' || order.act === 'inspect' ? 100 : 0); time++) await readOne(client, order, time);
  writeFileSync('/proc/self/clear_refs', '5');
  const before = residentMegabytes('VmRSS');
  const begin = performance.now();
  const isGood = await readAll(client, order);
  const milliseconds = performance.now() - begin;
  const megabytes = residentMegabytes('VmHWM') - before;
  await door.close();
  return { milliseconds, megabytes, isGood };
}

async function readAll(client: Client, order: ReadOrder): Promise<boolean> {
  const count = order.act === 'paths' ? order.leaves.length : order.act === 'inspect' ? order.files.length : 1;
  let isGood = true;
  for (let at = 0; at < count; at++) isGood = (await readOne(client, order, at)) && isGood;
  return isGood;
}

const file = (path: string): FileContent => new FileContent(path, readFileSync(path));

async function readOne(client: Client, order: ReadOrder, at: number): Promise<boolean> {
  switch (order.act) {
    case 'paths': {
      const certificate = file(order.leaves[at] ?? '');
      return (await client.certificates.verifyChain({ certificate, trust: [file(order.root)], pool: [file(order.issuer)] })).valid;
    }
    case 'inspect': {
      const reading = (await client.certificates.inspect({ file: file(order.files[at] ?? '') })) as { readonly type?: string };
      return reading.type === 'certificate';
    }
    case 'verify':
      return (await client.tools.verifyMail({ file: nodeFiles.open(order.file), trust: [file(order.root)] })).valid;
    case 'decrypt': {
      const keys = { key: file(order.key), certificate: file(order.certificate) };
      const opened = await client.tools.decryptCms({ file: nodeFiles.open(order.file), ...keys });
      const out = openSync(order.out, 'w');
      for (const piece of opened.file.octets.pieces()) writeSync(out, piece);
      closeSync(out);
      return opened.size > 0;
    }
  }
}

const residentMegabytes = (name: 'VmHWM' | 'VmRSS'): number =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;

/** One order from the bench that started this process, one answer. */
process.once('message', (order: ReadOrder) => void read(order).then((answer) => process.send?.(answer)));
