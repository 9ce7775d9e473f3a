import type { Page } from '@playwright/test';

/** Presses what asks for a file, and chooses this one. */
export async function choose(page: Page, button: string, file: string): Promise<void> {
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('main').getByRole('button', { name: button }).click();
  await (await asked).setFiles(file);
}
