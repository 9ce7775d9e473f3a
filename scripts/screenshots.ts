/**
 * Pictures of the window, without anybody's display, over a sample practice made for them:
 *   node scripts/screenshots.ts [--first] [--docs] [--out DIR]
 * Every screen, light and dark and at 200 %; with --first only the overview, as `window.png`. With --docs the best of them
 * also go into docs/pictures.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeHomeWithMail } from './pictures/mail-profile.ts';
import { makeOpenPgpCard } from './pictures/openpgp-card.ts';
import type { View } from './pictures/open-window.ts';
import { appearances, withWindow } from './pictures/open-window.ts';
import { handOutPackages, makeSamplePractice } from './pictures/sample-practice.ts';
import { cardScenes, openPgpCardScenes } from './pictures/card-scenes.ts';
import type { Scene } from './pictures/scene.ts';
import { doorScenes, firstRunScenes, practiceScenes } from './pictures/scenes.ts';
import { makeSoftTokens } from './pictures/soft-tokens.ts';

const { values } = parseArgs({
  options: {
    first: { type: 'boolean', default: false },
    docs: { type: 'boolean', default: false },
    out: { type: 'string', default: 'out/screenshots' },
  },
});
const out = resolve(values.out);

/** The scenes whose pictures the documents show. */
const shownInDocs = ['overview', 'people', 'enrol-check', 'person-ready', 'mail-setup', 'card-pin', 'certificate', 'revoke', 'audit-entry'];
const docs = resolve(import.meta.dirname, '../docs/pictures');

function copyToDocs(): void {
  mkdirSync(docs, { recursive: true });
  const names = shownInDocs.flatMap((scene) => [`${scene}-light.png`, `${scene}-dark.png`]);
  for (const name of names) copyFileSync(join(out, name), join(docs, name));
}

async function pictureOverview({ page, show, picture }: View, passphrase: string): Promise<void> {
  await show(appearances.light);
  for (const scene of doorScenes(passphrase)) await scene.open(page);
  await picture(appearances.light, join(out, 'window.png'));
}

async function pictureAll({ page, show, picture }: View, scenes: readonly Scene[]): Promise<void> {
  for (const scene of scenes) {
    await show(appearances.light);
    await scene.open(page);
    for (const [name, appearance] of Object.entries(appearances)) await picture(appearance, join(out, `${scene.name}-${name}.png`));
    console.log(`pictured ${scene.name}`);
  }
}

mkdirSync(out, { recursive: true });
const openPgpCard = values.first ? undefined : makeOpenPgpCard();
const directory = mkdtempSync(join(tmpdir(), 'kw-pictures-'));
try {
  const home = join(directory, 'home');
  makeHomeWithMail(home, 'a.okafor@ridgeway.example');
  const practice = makeSamplePractice(join(directory, 'sample'));
  handOutPackages(practice, join(directory, 'sample'));
  if (values.first) {
    await withWindow(practice.workspaceDirectory, home, (view) => pictureOverview(view, practice.passphrase));
  } else {
    await withWindow(join(directory, 'new-practice'), home, (view) => pictureAll(view, firstRunScenes));
    const tokens = makeSoftTokens(join(directory, 'tokens'));
    const cards = [...cardScenes(tokens), ...(openPgpCard === undefined ? [] : openPgpCardScenes(openPgpCard, tokens))];
    const scenes = [...doorScenes(practice.passphrase), ...practiceScenes, ...cards];
    await withWindow(practice.workspaceDirectory, home, (view) => pictureAll(view, scenes));
    if (values.docs) copyToDocs();
  }
} finally {
  openPgpCard?.end();
  rmSync(directory, { recursive: true, force: true });
}
