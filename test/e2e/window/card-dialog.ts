import { expect, type Page } from '@playwright/test';

/** Keys are made meanwhile, or a driver that was too slow rests. Milliseconds. */
export const makingTime = 60_000;

/** From the page of cards to where the PIN of the one card that is in is asked for, for somebody. */
export async function choosePerson(page: Page, letters: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Put a signing key on this card' }).click({ timeout: makingTime });
  await page.getByRole('combobox', { name: 'Person' }).fill(letters);
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Next: type the PIN' }).click();
}

/** The same where it is typed in the window. */
export async function askForPin(page: Page, letters: string): Promise<void> {
  await choosePerson(page, letters);
  await expect(page.getByLabel('Card PIN')).toBeFocused();
}
