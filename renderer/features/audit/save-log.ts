import { FileContent } from '../../../main/contract/client.ts';
import type { LogHead } from '../../../main/contract/audit.ts';
import type { EventFormat } from '../../../main/domain/audit-formats/event-files.ts';
import type { Api, InputFor, OutputFor } from '../../api.ts';

/** What is saved: the whole log, or what the filters of the page show of it. */
export type SaveOrder = {
  /** Of the dialog that asks where. */
  readonly title: string;
  /** Of the folder that is made in the one the person chooses. */
  readonly name: string;
} & (
  | { readonly part: 'whole' }
  | { readonly part: 'selection'; readonly filters: SelectionFilters }
  | { readonly part: 'events'; readonly filters: SelectionFilters; readonly format: EventFormat }
);

export type SelectionFilters = Omit<InputFor<'audit.exportSelection'>, 'size' | 'limit' | 'after'>;

export interface SavedLog {
  readonly path: string;
  readonly entries: number;
  /** Newer entries that nobody has signed yet, and that are not saved. */
  readonly unsigned: number;
  /** Old entries of which the hashes alone are saved: their contents are in archives. */
  readonly sealed: number;
  /** Null where nothing is proven. */
  readonly vkey: string | null;
}

type Save = (files: readonly FileContent[]) => Promise<void>;
export type OnProgress = (done: number, total: number) => void;

/**
 * Saves the log, or some of its entries, with all that verifies them, into a folder of its own that has its name only once it is whole.
 * Undefined when the person chose no folder.
 */
export async function saveLog(api: Api, order: SaveOrder, onProgress: OnProgress): Promise<SavedLog | undefined> {
  const { folder } = await api.shell('chooseFolder', { title: order.title });
  if (folder === null) return undefined;
  const unfinished = `${order.name} unfinished ${folder.id.slice(0, 8)}`;
  const save: Save = async (files) => {
    const named = files.map(({ name, bytes }) => new FileContent(`${unfinished}/${name}`, bytes));
    await api.shell('saveInFolder', { folder: folder.id, files: named });
  };
  const done = order.part === 'events' ? await saveEvents(api, order, save, onProgress) : await saveProven(api, order, save, onProgress);
  const { path } = await api.shell('nameInFolder', { folder: folder.id, from: unfinished, to: order.name });
  return { path, ...done };
}

type Saved = Omit<SavedLog, 'path'>;

async function saveProven(
  api: Api,
  order: Exclude<SaveOrder, { readonly part: 'events' }>,
  save: Save,
  onProgress: OnProgress,
): Promise<Saved> {
  const head = await api.call('audit.exportHead', { part: order.part });
  await save(head.files);
  const counts =
    order.part === 'whole' ? await saveWhole(api, head, save, onProgress) : await saveSelection(api, head, order.filters, save, onProgress);
  return { vkey: head.vkey, sealed: order.part === 'whole' ? head.archived : 0, ...counts };
}

/** Each answer is a file of its own, numbered by its first entry. */
async function saveEvents(
  api: Api,
  { format, filters }: Extract<SaveOrder, { readonly part: 'events' }>,
  save: Save,
  onProgress: OnProgress,
): Promise<Saved> {
  let part: OutputFor<'audit.exportEvents'> | undefined;
  do {
    const before = part === undefined ? {} : { size: part.size, done: part.done, after: part.next ?? '' };
    const from = part?.done ?? 0;
    part = await api.call('audit.exportEvents', { format, apart: true, ...filters, ...before });
    await save([new FileContent(`${String(from).padStart(12, '0')}-${part.file.name}`, part.file.bytes)]);
    onProgress(part.done, part.size);
  } while (part.next !== undefined);
  return { entries: part.done, unsigned: 0, sealed: 0, vkey: null };
}

type Counts = Pick<SavedLog, 'entries' | 'unsigned'>;

async function saveWhole(api: Api, { size, unsignedTail }: LogHead, save: Save, onProgress: OnProgress): Promise<Counts> {
  for (let from: number | null = 0; from !== null;) {
    onProgress(from, size);
    const part: { readonly files: readonly FileContent[]; readonly next: number | null } = await api.call('audit.exportPart', {
      size,
      from,
    });
    await save(part.files);
    from = part.next;
  }
  onProgress(size, size);
  const { files } = await api.call('audit.exportUpperTiles', { size });
  if (files.length > 0) await save(files);
  return { entries: size, unsigned: unsignedTail };
}

async function saveSelection(api: Api, { size }: LogHead, filters: SelectionFilters, save: Save, onProgress: OnProgress): Promise<Counts> {
  const counts = { entries: 0, unsigned: 0 };
  for (let after: string | undefined, isMore = true; isMore;) {
    const part = await api.call('audit.exportSelection', { size, limit: 500, ...filters, ...(after === undefined ? {} : { after }) });
    await save([new FileContent(`selected/${String(counts.entries).padStart(12, '0')}.jsonl`, part.lines.bytes)]);
    counts.entries += part.entries;
    counts.unsigned += part.unsigned;
    onProgress(counts.entries, counts.entries);
    after = part.next;
    isMore = after !== undefined;
  }
  return counts;
}
