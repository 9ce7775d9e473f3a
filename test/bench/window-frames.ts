import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { withWindow } from '../../scripts/pictures/open-window.ts';
import { makeSamplePractice } from '../../scripts/pictures/sample-practice.ts';
import { doorScenes } from '../../scripts/pictures/scenes.ts';
import { makeSoftTokens, type SoftTokens } from '../../scripts/pictures/soft-tokens.ts';

/** How the window kept up while cards made keys. */
export interface WindowFrames {
  readonly count: number;
  readonly seconds: number;
  /** Milliseconds between two frames. */
  readonly median: number;
  readonly longest: number;
}

const people = ['ngozi', 'oka', 'yild'];
const makingTime = 120_000;
/** Between two looks whether a key is made. */
const pause = 200;

/** The real window over the sample practice, where one card after another makes an RSA key for somebody. */
export async function framesWhileCardsMakeKeys(): Promise<WindowFrames> {
  const directory = mkdtempSync(join(tmpdir(), 'kw-frames-'));
  const frames: number[] = [];
  try {
    const practice = makeSamplePractice(join(directory, 'sample'));
    const tokens = makeSoftTokens(join(directory, 'tokens'));
    await withWindow(practice.workspaceDirectory, directory, async ({ page }) => {
      for (const scene of doorScenes(practice.passphrase)) await scene.open(page);
      await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Cards and readers' }).click();
      for (const letters of people) frames.push(...(await framesOfOne(page, tokens, letters)));
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  const sorted = frames.toSorted((a, b) => a - b);
  const seconds = frames.reduce((sum, frame) => sum + frame, 0) / 1000;
  return { count: frames.length, seconds, median: sorted[sorted.length >> 1] ?? 0, longest: sorted.at(-1) ?? 0 };
}

/** From the PIN until its key is made; the card is pulled out afterwards. */
async function framesOfOne(page: Page, tokens: SoftTokens, letters: string): Promise<readonly number[]> {
  tokens.add(`For ${letters}`);
  await page.getByRole('button', { name: 'Put a signing key on this card' }).click({ timeout: makingTime });
  await page.getByRole('combobox', { name: 'Person' }).fill(letters);
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Next: type the PIN' }).click();
  await page.getByLabel('Card PIN').fill(tokens.pin);
  await page.evaluate(beginCounting);
  await page.keyboard.press('Enter');
  await untilMade(page);
  const frames = await page.evaluate<number[]>(endCounting);
  await page.keyboard.press('Escape');
  tokens.pullOut();
  await page.getByRole('region', { name: 'No card seen yet' }).waitFor({ timeout: makingTime });
  return frames;
}

async function untilMade(page: Page): Promise<void> {
  for (let left = makingTime / pause; left > 0; left--) {
    if (await page.evaluate<boolean>(isMade)) return;
    await pass(pause);
  }
  throw new Error('no key was made');
}

/* As text: these run in the window. */
const beginCounting = `
  globalThis.framesSeen = [];
  globalThis.isCounting = true;
  let last = performance.now();
  const next = (now) => {
    framesSeen.push(now - last);
    last = now;
    if (isCounting) requestAnimationFrame(next);
  };
  requestAnimationFrame((now) => ((last = now), requestAnimationFrame(next)));`;
/* Not by its role: to look for that at every frame takes a good part of the frame. */
const isMade = `document.querySelector('[role=dialog]')?.textContent.includes('The signing key for') === true`;
const endCounting = `(isCounting = false, framesSeen)`;
