import { openCore } from './compose.ts';
import { garbageCollector } from './compose/collect-garbage.ts';
import { errorLocale } from './compose/locale.ts';
import { runCore } from './hosts/core-entry.ts';

const collectGarbage = garbageCollector();

/** The service process: started by a shell, which speaks to it on descriptor 3. */
await runCore({ openCore: (options) => openCore({ ...options, collectGarbage }), argv: process.argv, locale: errorLocale });
