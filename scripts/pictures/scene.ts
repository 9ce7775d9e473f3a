import type { Page } from 'playwright-core';

/** A screen as somebody comes to it. Scenes of one window follow each other in the order of the list. */
export interface Scene {
  readonly name: string;
  /** Brings the window from whatever the scene before left to this screen. */
  readonly open: (page: Page) => Promise<void>;
}

/** Keys and certificates are made meanwhile. Milliseconds. */
export const makingTime = 60_000;

/** A place of the side bar, after whatever dialog is open. */
export function place(name: string): (page: Page) => Promise<void> {
  return async (page) => {
    await closeDialog(page);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
}

/** Whatever dialog is open goes. */
export async function closeDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  if ((await dialog.count()) === 0) return;
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

/** A button of the page by its words. */
export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole('main')
    .getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
    .first()
    .click();

/** A row of a list by words in it. */
export const row = (page: Page, text: string) => page.getByRole('main').getByRole('row').filter({ hasText: text });
