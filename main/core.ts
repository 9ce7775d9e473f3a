import { openCore } from './compose.ts';
import { errorLocale } from './compose/locale.ts';
import { runCore } from './hosts/core-entry.ts';

/** The service process: started by a shell, which speaks to it on descriptor 3. */
await runCore({ openCore, argv: process.argv, locale: errorLocale });
