/**
 * Pictures of the window, without anybody's display, over a sample practice made for them:
 *   node scripts/screenshots.ts [--first] [--out DIR]
 * Every screen, light and dark and at 200 %; with --first only the overview, as `window.png`.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { appearances, show, withWindow } from './pictures/open-window.ts';
import { makeSamplePractice } from './pictures/sample-practice.ts';
import type { Scene } from './pictures/scenes.ts';
import { firstRunScenes, practiceScenes } from './pictures/scenes.ts';

const { values } = parseArgs({
  options: { first: { type: 'boolean', default: false }, out: { type: 'string', default: 'out/screenshots' } },
});
const out = resolve(values.out);

async function pictureOverview(page: Page, passphrase: string): Promise<void> {
  for (const scene of practiceScenes(passphrase)) {
    await scene.open(page);
    if (scene.name === 'overview') break;
  }
  await show(page, appearances.light);
  await page.screenshot({ path: join(out, 'window.png') });
}

async function pictureAll(page: Page, scenes: readonly Scene[]): Promise<void> {
  for (const scene of scenes) {
    await scene.open(page);
    for (const [name, appearance] of Object.entries(appearances)) {
      await show(page, appearance);
      await page.screenshot({ path: join(out, `${scene.name}-${name}.png`) });
    }
    await show(page, appearances.light);
    console.log(`pictured ${scene.name}`);
  }
}

mkdirSync(out, { recursive: true });
const directory = mkdtempSync(join(tmpdir(), 'kw-pictures-'));
try {
  const practice = makeSamplePractice(join(directory, 'sample'));
  if (values.first) {
    await withWindow(practice.workspaceDirectory, (page) => pictureOverview(page, practice.passphrase));
  } else {
    await withWindow(join(directory, 'new-practice'), (page) => pictureAll(page, firstRunScenes));
    await withWindow(practice.workspaceDirectory, (page) => pictureAll(page, practiceScenes(practice.passphrase)));
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
