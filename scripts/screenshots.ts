/**
 * Pictures of the window, without anybody's display: `node scripts/screenshots.ts --first --workspace DIR --out DIR`
 * takes one of what the window begins with.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { settle, withWindow } from './pictures/open-window.ts';

const { values } = parseArgs({
  options: {
    first: { type: 'boolean', default: false },
    workspace: { type: 'string' },
    out: { type: 'string', default: 'out/screenshots' },
  },
});

const out = resolve(values.out);
mkdirSync(out, { recursive: true });
await withWindow(resolve(values.workspace ?? join(out, 'practice')), async (page) => {
  await settle(page);
  await page.screenshot({ path: join(out, 'window.png') });
});
