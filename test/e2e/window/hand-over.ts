import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { openPfx } from './openssl.ts';

/**
 * In the open dialog: makes the file, saves it, reads the password as it is shown, and lets openssl open the one with the
 * other. Gives the addresses of the certificates in it.
 */
export async function handOver(page: Page, saved: string): Promise<readonly string[]> {
  const dialog = page.getByRole('dialog', { name: /^Hand over to / });
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  await expect(dialog.getByText('It is not saved yet.')).toBeVisible();
  const password = await dialog.getByRole('group', { name: 'Password for the file' }).innerText();
  await dialog.getByRole('button', { name: 'Save the file' }).click();
  await expect(dialog.getByText(/^Saved as /)).toBeVisible();
  const name = readdirSync(saved).find((file) => file.endsWith('.p12'));
  if (name === undefined) throw new Error('no .p12 was saved');
  const file = join(saved, name);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const passwordFile = join(saved, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const { mailboxes, privateKeys } = openPfx(file, passwordFile);
  expect(privateKeys).toBe(mailboxes.length);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toHaveCount(0);
  return mailboxes;
}
