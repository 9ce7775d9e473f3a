import type { Page } from '@playwright/test';

/** Presses what asks for a file, on the page or in the dialog above it, and chooses this one. */
export async function choose(page: Page, button: string, file: string, role: 'main' | 'dialog' = 'main'): Promise<void> {
  const asked = page.waitForEvent('filechooser');
  await page.getByRole(role).getByRole('button', { name: button }).click();
  await (await asked).setFiles(file);
}
