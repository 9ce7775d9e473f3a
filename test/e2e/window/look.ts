import { expect, type Page } from '@playwright/test';
import { appearances, viewOf } from '../../../scripts/pictures/open-window.ts';
import { axeFindings, sidewaysScrolling } from './accessibility.ts';

/**
 * Looks at the page as it stands, light, dark and at 200 %: nothing may keep anybody from reading it. At 200 % only whether it all fits: with
 * axe every screen is walked at that size once (accessibility.spec.ts), and its time is most of a run's.
 */
export async function look(page: Page): Promise<void> {
  const { show } = await viewOf(page);
  for (const [name, appearance] of Object.entries(appearances)) {
    await show(appearance);
    if (appearance.density === 1) expect.soft(await axeFindings(page), name).toEqual([]);
    expect.soft(await sidewaysScrolling(page), name).toEqual([]);
  }
  await show(appearances.light);
}
