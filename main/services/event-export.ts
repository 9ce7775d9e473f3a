import type { InputOf } from '../contract/call.ts';
import type { audit, EventsPart } from '../contract/audit.ts';
import { FileContent } from '../contract/secret.ts';
import { eventFiles } from '../domain/audit-formats/event-files.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AreaHandlers } from './handler.ts';
import { loggedEvents } from './logged-events.ts';

/** Entries in a page, and about how many characters in one answer. */
const pageSize = 500;
const manyCharacters = 4 << 20;

type Order = InputOf<typeof audit.exportEvents>;

/** Entries of the log for other systems, in their formats. */
export const createEventExport = ({ read }: { readonly read: () => ReadStores }): Pick<AreaHandlers<'audit'>, 'exportEvents'> => ({
  exportEvents: async (order) => exportEvents(read(), order),
});

async function exportEvents(stores: ReadStores, order: Order): Promise<EventsPart> {
  const size = order.size ?? (await stores.auditLog.size());
  const { items, next } = await itemsOf(stores, order, size);
  const { head, between, tail, extension } = eventFiles[order.format];
  const isFirst = order.apart || order.done === 0;
  const text = `${isFirst ? head : items.length > 0 ? between : ''}${items.join(between)}${order.apart || next === undefined ? tail : ''}`;
  const part = { file: new FileContent(`events.${extension}`, Buffer.from(text)), size, done: order.done + items.length };
  return next === undefined ? part : { ...part, next };
}

/** Newer entries than the log had at the beginning are left out: each answer is one itself. */
async function itemsOf(stores: ReadStores, { format, person, certificate, after, ...query }: Order, size: number) {
  const items: string[] = [];
  let next = after;
  for (let characters = 0; characters < manyCharacters;) {
    const filters = { ...query, personId: person, certificateId: certificate, after: next, limit: pageSize, ascending: true };
    const page = await stores.auditLog.page(filters);
    const events = await loggedEvents(
      stores,
      page.rows.filter(({ index }) => index < size),
    );
    for (const event of events) {
      const item = eventFiles[format].item(event);
      characters += item.length;
      items.push(item);
    }
    next = page.next;
    if (next === undefined) break;
  }
  return { items, next };
}
