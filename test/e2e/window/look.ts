import { expect, type Page } from '@playwright/test';
import { appearances, viewOf } from '../../../scripts/pictures/open-window.ts';
import { axeFindings, sidewaysScrolling } from './accessibility.ts';

/** Looks at the page as it stands, light, dark and at 200 %: nothing may keep anybody from reading it. */
export async function look(page: Page): Promise<void> {
  const { show } = await viewOf(page);
  for (const [name, appearance] of Object.entries(appearances)) {
    await show(appearance);
    expect.soft(await axeFindings(page), name).toEqual([]);
    expect.soft(await sidewaysScrolling(page), name).toEqual([]);
  }
  await show(appearances.light);
}
