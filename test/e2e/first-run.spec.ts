import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './window/test.ts';

const passphrase = 'harbour lantern mosaic thimble';

async function namePractice(page: Page): Promise<void> {
  await page.getByLabel('Practice name').fill('Ridgeway Family Practice');
  await page.getByLabel('Mail domain').fill('ridgeway.example');
  await page.getByRole('button', { name: 'Next: how you sign in' }).click();
}

async function choosePassphrase(page: Page): Promise<void> {
  await page.getByLabel('Your name').fill('Nadia Rahman');
  await page.getByLabel('New passphrase').fill(passphrase);
  await page.getByLabel('The same again').fill(passphrase);
  await page.getByRole('button', { name: 'Create the practice' }).click();
}

test('a practice is made from nothing, up to the first certificate, and its recovery code opens it', async ({
  openWindow,
  directory,
  saved,
}) => {
  const { page } = await openWindow(join(directory, 'practice'));
  await expect(page.getByRole('heading', { name: 'Three minutes to your first working certificate' })).toBeVisible();
  await namePractice(page);
  await choosePassphrase(page);

  await expect(page.getByRole('heading', { name: 'Print your recovery code' })).toBeVisible({ timeout: 60_000 });
  const code = await page.getByRole('list', { name: 'Recovery code' }).getByRole('listitem').allInnerTexts();
  expect(code).toHaveLength(8);
  await page.getByRole('button', { name: 'Save as PDF to print' }).click();
  await expect(page.getByRole('main').getByText('Saved. Print it, then delete the file.')).toBeVisible();
  const sheet = join(saved, 'keyward-recovery-code.pdf');
  expect(statSync(sheet).mode & 0o777).toBe(0o600);
  expect(readFileSync(sheet).subarray(0, 5).toString()).toBe('%PDF-');

  const next = page.getByRole('button', { name: 'Next: your first certificate' });
  await expect(next).toBeDisabled();
  await page.getByLabel('I have put the code away').check();
  await next.click();
  await page.getByLabel('Your mail address').fill('n.rahman@ridgeway.example');
  await page.getByRole('button', { name: 'Issue my certificate' }).click();
  await expect(page.getByRole('heading', { name: 'Your certificate works, Nadia' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Open the overview' }).click();
  await expect(page.getByRole('heading', { name: /, Nadia\./ })).toBeVisible();

  await page.getByRole('button', { name: 'Lock' }).click();
  await page.getByRole('button', { name: 'I cannot sign in' }).click();
  await page.getByLabel('Recovery code').fill(code.join('-').toLowerCase());
  await page.getByLabel('New passphrase').fill('copper meadow violin anchor');
  await page.getByLabel('The same again').fill('copper meadow violin anchor');
  await page.getByRole('button', { name: 'Set the new passphrase' }).click();
  await expect(page.getByRole('heading', { name: 'Print your new recovery code' })).toBeVisible({ timeout: 60_000 });
  const newCode = await page.getByRole('list', { name: 'Recovery code' }).getByRole('listitem').allInnerTexts();
  expect(newCode).not.toEqual(code);
  await page.getByLabel('I have put the code away').check();
  await page.getByRole('button', { name: 'Open Keyward' }).click();
  await expect(page.getByRole('heading', { name: /, Nadia\./ })).toBeVisible();
});

test('what cannot be a practice is said beside its field, and what was typed stays', async ({ openWindow, directory }) => {
  const { page } = await openWindow(join(directory, 'practice'));
  const next = page.getByRole('button', { name: 'Next: how you sign in' });
  await next.click();
  await expect(page.getByText('Type the name of your practice.')).toBeVisible();
  await page.getByLabel('Practice name').fill('Ridgeway Family Practice');
  await page.getByLabel('Mail domain').fill('nadia@ridgeway.example');
  await next.click();
  await expect(page.getByText('Leave out the @ and what stands before it: ridgeway.example')).toBeVisible();
  await expect(page.getByLabel('Practice name')).toHaveValue('Ridgeway Family Practice');
  await page.getByLabel('Mail domain').fill('ridgeway.example');
  await next.click();

  await page.getByLabel('Your name').fill('Nadia Rahman');
  const create = page.getByRole('button', { name: 'Create the practice' });
  await create.click();
  await expect(page.getByText('Type the same passphrase in both fields.')).toBeVisible();
  await page.getByLabel('New passphrase').fill('short');
  await page.getByLabel('The same again').fill('short');
  await create.click();
  await expect(page.getByText(/Too short\. At least \d+ characters/).first()).toBeVisible();
  await page.getByLabel('New passphrase').fill(passphrase);
  await page.getByLabel('The same again').fill(`${passphrase}s`);
  await create.click();
  await expect(page.getByText('The two were not the same. Type both once more.')).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByLabel('Mail domain')).toHaveValue('ridgeway.example');
});
