import { FileContent } from '../../../main/contract/client.ts';
import type { UnfinishedList } from '../../../main/contract/authorities.ts';
import type { Api } from '../../api.ts';

interface HandedOut {
  readonly files: readonly FileContent[];
  readonly unfinished: readonly UnfinishedList[];
}

/** What was handed out, each list of many megabytes with what it goes on with. */
export const wholeFiles = (api: Api, { files, unfinished }: HandedOut): Promise<FileContent[]> =>
  Promise.all(
    files.map(async ({ name, bytes }) => {
      const rest = unfinished.find((list) => list.name === name);
      return new FileContent(name, rest === undefined ? bytes : await wholeList(api, bytes, rest));
    }),
  );

async function wholeList(api: Api, beginning: Uint8Array, { authority, number, next }: UnfinishedList): Promise<Uint8Array> {
  const pieces = [beginning];
  for (let from: number | null = next; from !== null;) {
    const more: { readonly file: FileContent; readonly next: number | null } = await api.call('authorities.listOctets', {
      authority,
      number,
      from,
    });
    pieces.push(more.file.bytes);
    from = more.next;
  }
  return new Uint8Array(await new Blob(pieces.map((piece) => new Uint8Array(piece))).arrayBuffer());
}
