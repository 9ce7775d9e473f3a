import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certutil, newProfile } from '../mail/support/profile.ts';
import { axeFindings } from './window/accessibility.ts';
import { look } from './window/look.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

test('a mail program here is set up and read back, and a package for one elsewhere is made, picked up and asked to be proved', async ({
  openWindow,
  sample,
  directory,
  saved,
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

  await page.getByRole('button', { name: 'Make an OpenPGP key' }).click();
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page
    .getByRole('dialog', { name: /OpenPGP key of .* is ready/ })
    .getByRole('button', { name: 'Hand over' })
    .click();
  await page.getByRole('button', { name: 'Set it up here' }).click();
  await expect(dialog.getByText('the secret half of 1 OpenPGP key')).toBeVisible();
  await look(page);
  await dialog.getByRole('button', { name: 'Set it up', exact: true }).click();
  await dialog.getByLabel('Primary password of the mail program').fill('primary password');
  await dialog.getByRole('button', { name: 'Set it up', exact: true }).click();
  await expect(dialog.getByText('n.eze@ridgeway.example is ready.')).toBeVisible();
  await look(page);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(main.getByText(/^Set up in Thunderbird \(OpenPGP\) on /)).toBeVisible();

  await page.getByRole('button', { name: 'Renew', exact: true }).click();
  await page.getByRole('button', { name: 'Renew now' }).click();
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(main.getByText(/^Set up in Thunderbird again: /)).toBeVisible();

  await goTo(page, 'Mail programs');
  await expect(page.getByRole('heading', { name: 'Nobody has been made a package yet.' })).toBeVisible();
  await page.getByRole('button', { name: 'Make packages' }).click();
  await look(page);
  await page.getByRole('button', { name: 'Choose the folders and make them' }).click();
  await expect(page.getByText('The passwords would lie beside the packages.')).toBeVisible();
  expect(readdirSync(saved)).toEqual([]);
  await page.getByRole('button', { name: 'Not now' }).click();

  await goTo(page, 'People');
  await page.getByRole('searchbox').fill('n.eze');
  await main.getByRole('checkbox', { name: /Ngozi Eze/ }).check();
  await page.getByRole('button', { name: 'Make 1 package' }).click();
  await page.getByRole('button', { name: 'Choose the folder and make it' }).click();
  const making = page.getByRole('dialog', { name: 'Make 1 package' });
  await expect(making.getByText('1 package is made and waits to be picked up.')).toBeVisible();
  await expect(making.getByText('Print the password')).toBeVisible();
  await look(page);
  expect(readdirSync(saved)).toEqual([expect.stringMatching(/^n\.eze@ridgeway\.example-[0-9A-F]{8}\.zip$/)]);
  await making.getByRole('button', { name: 'Close' }).last().click();

  await goTo(page, 'Mail programs');
  await main.getByRole('row').filter({ hasText: 'Waits to be picked up' }).click();
  await look(page);
  await page.getByRole('button', { name: 'They have picked it up' }).click();
  await main.getByRole('row').filter({ hasText: 'Picked up, not proved' }).click();
  await page.getByRole('button', { name: 'Test message' }).click();
  await expect(page.getByText('No mailbox of the practice is chosen to send from.')).toBeVisible();
  await look(page);
});
