import { expect, type Page } from '@playwright/test';
import { appearances, viewOf } from '../../../scripts/pictures/open-window.ts';
import { axeFindings, colourFindings, sidewaysScrolling } from './accessibility.ts';

/**
 * Looks at the page as it stands, light, dark and at 200 %: nothing may keep anybody from reading it. In the dark only its colours are
 * others, and at 200 % only whether it all fits is asked: with axe every screen is walked at that size once (accessibility.spec.ts).
 */
export async function look(page: Page): Promise<void> {
  const { show } = await viewOf(page);
  for (const [name, appearance] of Object.entries(appearances)) {
    await show(appearance);
    if (name === 'light') expect.soft(await axeFindings(page), name).toEqual([]);
    if (name === 'dark') expect.soft(await colourFindings(page), name).toEqual([]);
    expect.soft(await sidewaysScrolling(page), name).toEqual([]);
  }
  await show(appearances.light);
}
