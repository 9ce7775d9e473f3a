import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { recordRevoked } from '../conformance/database-records.ts';
import { buildBench, runBuilt } from './built.ts';
import type { ListedOrder, ListMade, Prepared } from './listed.ts';
import { opensslList } from './openssl-list.ts';

const settings = [
  { entries: 100_000, times: 5, aim: '5 x openssl' },
  { entries: 1_000_000, times: 1, aim: '5 x openssl, < 128 MB' },
];

/** `args` name numbers of entries; both where none is named. The list of an authority beside `openssl ca -gencrl`, in one run. */
export async function benchLists(args: readonly string[]): Promise<void> {
  await buildBench('listed');
  for (const { entries, times, aim } of settings.filter((setting) => args.length === 0 || args.includes(String(setting.entries)))) {
    const { workspace, authority } = await runBuilt<Prepared>('listed', { workspace: null, times } satisfies ListedOrder);
    const database = await openSqliteDatabase({ directory: workspace });
    await recordRevoked(database, authority, entries);
    await database.close();
    const ours = await runBuilt<ListMade>('listed', { workspace, times } satisfies ListedOrder);
    const theirs = opensslList(entries, times);
    line(`list of ${entries} entries: ${ours.milliseconds.toFixed(0)} ms and ${ours.megabytes.toFixed(0)} MB for ${ours.octets} octets,`);
    line(`  openssl ca -gencrl ${theirs.milliseconds.toFixed(0)} ms: ${(theirs.milliseconds / ours.milliseconds).toFixed(1)} x openssl`);
    line(`  the event loop was held for ${ours.loopHeld.toFixed(0)} ms at most (aim: ${aim})`);
  }
}

const line = (text: string): void => void process.stdout.write(`${text}\n`);
