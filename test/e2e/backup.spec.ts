import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { look } from './window/look.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

/** Makes the backup key, keeps what is shown of it, and lets the first backup follow. */
async function firstBackup(page: Page, whileShown: () => Promise<void> = () => Promise.resolve()): Promise<string> {
  await page.getByRole('button', { name: 'Back up now' }).click();
  await page.getByRole('dialog', { name: 'First, a backup key' }).getByRole('button', { name: 'Make the key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Print the backup key' });
  const groups = dialog.getByRole('list', { name: 'Backup key' }).getByRole('listitem');
  await expect(groups).toHaveCount(11);
  const key = (await groups.allInnerTexts()).join(' ');
  await expect(dialog.getByRole('button', { name: 'Next: where it goes' })).toBeDisabled();
  await whileShown();
  await dialog.getByLabel(/^I have put the sheet away/).check();
  await dialog.getByRole('button', { name: 'Next: where it goes' }).click();
  await expect(page.getByText('The backup is made and reads back as it was written.').first()).toBeVisible({ timeout: 60_000 });
  return key;
}

test('a practice is backed up with a key that is printed, and checked with that', async ({ openWindow, sample, saved }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await goTo(page, 'Backup');
  await expect(main.getByText('There is no backup yet.')).toBeVisible();
  await look(page);
  const key = await firstBackup(page, async () => {
    await page.getByRole('button', { name: 'Save as PDF to print' }).click();
    await expect(page.getByRole('dialog').getByText('Saved. Print it, then delete the file.')).toBeVisible();
    await look(page);
  });
  expect(key).toMatch(/^AGE-SECRET-KEY-1( [0-9A-Z]{4,6}){10}$/);
  expect(readFileSync(join(saved, 'keyward-backup-key.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  const file = readdirSync(saved).find((name) => name.endsWith('.age')) ?? '';
  expect(statSync(join(saved, file)).mode & 0o777).toBe(0o600);
  await expect(main.getByRole('listitem').filter({ hasText: file })).toBeVisible();
  await look(page);

  await main.getByRole('button', { name: /^Check the backup of/ }).click();
  const check = page.getByRole('dialog', { name: 'Check a backup' });
  await check.getByLabel('Backup key').fill('AGE-SECRET-KEY-1 NONSENSE');
  await check.getByRole('button', { name: 'Check it' }).click();
  await expect(check.getByText(/^This is not a backup key, or it has a typing slip/)).toBeVisible();
  await look(page);
  await check.getByLabel('Backup key').fill(key.toLowerCase());
  await check.getByRole('button', { name: 'Check it' }).click();
  await expect(check.getByText('This backup is good.')).toBeVisible({ timeout: 60_000 });
  await look(page);
  await check.getByRole('button', { name: 'Done' }).click();
});

test('automatic backups are set up, and a practice is brought back where none is', async ({ openWindow, sample, directory, saved }) => {
  const { page, close } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await goTo(page, 'Backup');
  const key = await firstBackup(page);
  const file = readdirSync(saved).find((name) => name.endsWith('.age')) ?? '';

  await main.getByRole('button', { name: 'Set it up' }).click();
  const plan = page.getByRole('dialog', { name: 'Back up automatically' });
  await plan.getByRole('button', { name: 'Choose the folder' }).click();
  await expect(plan.getByText(saved, { exact: true })).toBeVisible();
  await look(page);
  await plan.getByRole('button', { name: 'Back up automatically' }).click();
  await expect(main.getByText('Every 7 days, to the folder below. The newest 10 are kept.')).toBeVisible();
  await look(page);

  await close();

  const fresh = await openWindow(join(directory, 'restored'));
  await fresh.page.getByRole('button', { name: 'Restore from a backup' }).click();
  await expect(fresh.page.getByRole('heading', { name: 'Bring a practice back' })).toBeFocused();
  await fresh.page.getByRole('button', { name: 'Choose the file' }).click();
  await expect(fresh.page.getByText(file)).toBeVisible();
  await fresh.page.getByLabel('Backup key').fill(key);
  await look(fresh.page);
  await fresh.page.getByRole('button', { name: 'Restore the practice' }).click();
  await expect(fresh.page.getByRole('heading', { name: /is back$/ })).toBeVisible({ timeout: 60_000 });
  await look(fresh.page);
  await fresh.page.getByRole('button', { name: 'Sign in' }).click();
  await signIn(fresh.page, sample.passphrase);
  await goTo(fresh.page, 'Audit');
  await expect(
    fresh.page
      .getByRole('main')
      .getByText(/^This practice was restored from a backup/)
      .first(),
  ).toBeVisible();
});
