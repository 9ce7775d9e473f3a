import { expect, type Page } from '@playwright/test';

/** Opens the door with the passphrase. */
export async function signIn(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel('Your passphrase').fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
}

/** Opens a place of the side bar. */
export async function goTo(page: Page, place: string): Promise<void> {
  const entry = page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: place });
  await entry.click();
}
