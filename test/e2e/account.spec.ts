import type { Page } from '@playwright/test';
import { goTo, signIn } from './window/sign-in.ts';
import { look } from './window/look.ts';
import { expect, test } from './window/test.ts';

const fresh = 'harbour lantern mosaic thimble';

async function changePassphrase(page: Page, old: string, next: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Change your passphrase' });
  await dialog.getByLabel('Your passphrase until now').fill(old);
  await dialog.getByLabel('New passphrase').fill(next);
  await dialog.getByLabel('The same again').fill(next);
  await dialog.getByRole('button', { name: 'Change the passphrase' }).click();
}

test('whoever is signed in finds their account at their name and changes their passphrase there', async ({ openWindow, sample }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^N\s*Nadia|^Nadia/ })
    .click();
  await expect(main.getByRole('heading', { name: 'Nadia', level: 1 })).toBeVisible();
  await look(page);
  await main.getByRole('button', { name: 'Change the passphrase' }).click();
  await changePassphrase(page, 'not hers', fresh);
  await expect(page.getByText(/That was not your passphrase/).first()).toBeVisible();
  await look(page);
  await changePassphrase(page, sample.passphrase, fresh);
  await expect(main.getByText('Your new passphrase opens Keyward from now on.')).toBeVisible();
  await look(page);
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'Welcome back, Nadia' })).toBeVisible();
  await signIn(page, fresh);
  await goTo(page, 'Audit');
  await expect(main.getByText('Nadia chose another passphrase').first()).toBeVisible();
});
