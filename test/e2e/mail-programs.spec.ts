import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certutil, newProfile } from '../mail/support/profile.ts';
import { axeFindings } from './window/accessibility.ts';
import { look } from './window/look.ts';
import { signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

test('a mail program on this computer is set up from the person and read back; the page says so, and says when it is outdated', async ({
  openWindow,
  sample,
  directory,
}) => {
  const root = join(directory, '.thunderbird');
  mkdirSync(root);
  const profile = newProfile(root, 'n.eze@ridgeway.example', 'office.default');
  const primary = join(directory, 'primary');
  writeFileSync(primary, 'primary password\n', { mode: 0o600 });
  certutil(profile, '-N', '-f', primary);
  newProfile(root, 'somebody@else.example', 'other');
  const section = (number: number, path: string) => `[Profile${number}]\nName=${path}\nIsRelative=1\nPath=${path}\n`;
  writeFileSync(join(root, 'profiles.ini'), section(0, 'office.default') + section(1, 'other'));

  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Find anything' })).toBeFocused();
  await page.keyboard.type('n.eze');
  await expect(page.getByRole('option', { name: /Ngozi Eze/ }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Dr. Ngozi Eze' })).toBeVisible();
  const main = page.getByRole('main');
  await page.getByRole('button', { name: 'Hand over', exact: true }).click();
  await page.getByRole('button', { name: 'Set it up here' }).click();

  const dialog = page.getByRole('dialog', { name: /^Set up a mail program for / });
  await expect(dialog.getByRole('radio')).toHaveCount(1);
  await expect(dialog.getByText('2 private keys')).toBeVisible();
  await look(page);
  await dialog.getByRole('button', { name: 'Set it up', exact: true }).click();
  await dialog.getByLabel('Primary password of the mail program').fill('primary password');
  await dialog.getByRole('button', { name: 'Set it up', exact: true }).click();
  await expect(dialog.getByText('n.eze@ridgeway.example is ready.')).toBeVisible();
  expect(certutil(profile, '-K', '-f', primary).said.match(/^<\s*\d+>/gm)).toHaveLength(2);
  expect.soft(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(main.getByText(/^Set up in Thunderbird on /)).toBeVisible();
  await expect(main.getByText('Mail program set up')).toBeVisible();

  await page.getByRole('button', { name: 'Renew', exact: true }).click();
  await page.getByRole('button', { name: 'Renew now' }).click();
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(main.getByText(/^Set up in Thunderbird again: /)).toBeVisible();
});
