import { basename } from 'node:path';
import { expect, type Page } from '@playwright/test';

/** Presses what asks for a file, on the page or in the dialog above it, and chooses this one. */
export async function choose(page: Page, button: string, file: string, role: 'main' | 'dialog' = 'main'): Promise<void> {
  const asked = page.waitForEvent('filechooser');
  await page.getByRole(role).getByRole('button', { name: button }).click();
  await (await asked).setFiles(file);
}

/** The same for a field of a form in a dialog, and waits until it holds the file: until then what is sent is the one before. */
export async function chooseInField(page: Page, button: string, file: string): Promise<void> {
  await choose(page, button, file, 'dialog');
  await expect(page.getByRole('dialog').getByText(basename(file), { exact: true })).toBeVisible();
}
