import type { UnfinishedList } from '../contract/authorities.ts';
import type { FileContent } from '../contract/secret.ts';
import { letGo } from '../domain/encoding/octets.ts';
import type { CommandContext } from './command.ts';

/** Writes a file that was handed out; of a list of many megabytes also what it goes on with, as it comes. */
export async function writeListFile(
  { client, files }: Pick<CommandContext, 'client' | 'files'>,
  path: string,
  file: FileContent,
  unfinished: UnfinishedList | null | undefined,
): Promise<void> {
  await files.writeInParts(path, async (write) => {
    for await (const piece of piecesOf(client, file, unfinished ?? null)) write(piece);
  });
}

async function* piecesOf(
  client: CommandContext['client'],
  file: FileContent,
  unfinished: UnfinishedList | null,
): AsyncGenerator<Uint8Array> {
  yield file.bytes;
  if (unfinished === null) return;
  const { authority, number } = unfinished;
  for (let next: number | null = unfinished.next; next !== null;) {
    const more: Awaited<ReturnType<typeof client.authorities.listOctets>> = await client.authorities.listOctets({
      authority,
      number,
      from: next,
    });
    yield more.file.bytes;
    letGo(more.file.bytes);
    next = more.next;
  }
}
