import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeHomeWithMail } from '../../scripts/pictures/mail-profile.ts';
import { appearances, viewOf } from '../../scripts/pictures/open-window.ts';
import { handOutPackages } from '../../scripts/pictures/sample-practice.ts';
import { cardScenes } from '../../scripts/pictures/card-scenes.ts';
import type { Scene } from '../../scripts/pictures/scene.ts';
import { doorScenes, firstRunScenes, practiceScenes } from '../../scripts/pictures/scenes.ts';
import { axeFindings, colourFindings, lengthBeyondWindow, sidewaysScrolling } from './window/accessibility.ts';
import { signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

/** Each scene by day, by night, where only its colours are others, and at 200 %, where half as much fits. */
async function walk(page: Page, scenes: readonly Scene[]): Promise<void> {
  const { show } = await viewOf(page);
  await show(appearances.light);
  for (const { name, open } of scenes) {
    await test.step(name, async () => {
      await open(page);
      for (const [way, appearance] of Object.entries(appearances)) {
        await show(appearance);
        expect.soft(await sidewaysScrolling(page), `${name}, ${way}: scrolls sideways`).toEqual([]);
        expect.soft(await lengthBeyondWindow(page), `${name}, ${way}: the whole window scrolls`).toBe(0);
        const found = way === 'dark' ? await colourFindings(page) : await axeFindings(page);
        expect.soft(found, `${name}, ${way}: axe`).toEqual([]);
      }
      await show(appearances.light);
    });
  }
}

test.describe.configure({ timeout: 600_000 });

test('the first run has no accessibility finding and never scrolls sideways', async ({ openWindow, directory }) => {
  const { page } = await openWindow(join(directory, 'practice'));
  await walk(page, firstRunScenes);
});

test('no screen of a practice has an accessibility finding, and none scrolls sideways', async ({ openWindow, sample, directory }) => {
  makeHomeWithMail(directory, 'a.okafor@ridgeway.example');
  handOutPackages(sample, directory);
  const { page } = await openWindow(sample.workspaceDirectory);
  await walk(page, [...doorScenes(sample.passphrase), ...practiceScenes]);
});

test('no screen of cards has an accessibility finding, and none scrolls sideways', async ({ openWindow, sample, tokens }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await walk(page, cardScenes(tokens));
});
