import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { listedKey, openKeyring } from '../gnupg/keyring.ts';
import { axeFindings } from './window/accessibility.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: 'OpenPGP key of Dr. Ngozi Eze' });

/** Chooses what the file is for, makes and saves it; gives the path, and the password where one is shown. `look` sees both dialogs. */
async function saveFile(
  page: Page,
  what: string,
  saved: string,
  look: () => Promise<void> = async () => undefined,
): Promise<{ readonly file: string; readonly password: string }> {
  await page.getByRole('button', { name: 'Hand over the OpenPGP key' }).click();
  const dialog = dialogOf(page);
  await dialog.getByRole('radio', { name: what }).check();
  await look();
  const before = readdirSync(saved);
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  await expect(dialog.getByText('It is not saved yet.')).toBeVisible();
  await look();
  const shown = dialog.getByRole('group', { name: 'Password for the file' });
  const password = (await shown.count()) === 0 ? '' : await shown.innerText();
  await dialog.getByRole('button', { name: 'Save the file' }).click();
  await expect(dialog.getByText(/^Saved as /)).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toHaveCount(0);
  const name = readdirSync(saved).find((file) => !before.includes(file));
  if (name === undefined) throw new Error('nothing was saved');
  expect(statSync(join(saved, name)).mode & 0o777).toBe(0o600);
  return { file: join(saved, name), password };
}

test('an OpenPGP key is made on the page of a person, and gpg signs, opens and sees the end with what is saved there', async ({
  openWindow,
  sample,
  saved,
}) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const look = async () => expect(await axeFindings(page)).toEqual([]);
  await signIn(page, sample.passphrase);
  await goTo(page, 'People');
  await page.getByRole('row').filter({ hasText: 'Ngozi Eze' }).click();
  await page.getByRole('button', { name: 'Make an OpenPGP key' }).click();
  const making = page.getByRole('dialog', { name: 'An OpenPGP key for Dr. Ngozi Eze' });
  await expect(making.getByText('n.eze@ridgeway.example')).toBeVisible();
  await look();
  await making.getByRole('button', { name: 'Make the key' }).click();
  const ready = page.getByRole('dialog', { name: 'The OpenPGP key of Dr. Ngozi Eze is ready' });
  const fingerprint = await ready.getByText(/^([0-9A-F]{4} ){9}[0-9A-F]{4}$/).innerText();
  await look();
  await ready.getByRole('button', { name: 'Later' }).click();
  await expect(page.getByRole('main').getByText('OpenPGP key made')).toBeVisible();
  await expect(page.getByRole('region', { name: /With partners outside/ }).getByRole('img', { name: /^In use/ })).toHaveCount(2);

  const forPartners = await saveFile(page, 'Partners outside', saved);
  const own = await saveFile(page, 'The mail program of Dr. Ngozi Eze', saved, look);
  const end = await saveFile(page, 'Ending the key', saved);
  expect(own.password).toMatch(/^([a-z2-9]{4}-){5}[a-z2-9]{4}$/);
  const [partner, doctor] = [openKeyring(), openKeyring()];
  try {
    partner.take(readFileSync(forPartners.file));
    doctor.take(readFileSync(own.file));
    expect(partner.records('--list-keys').find(([type]) => type === 'fpr')?.[9]).toBe(fingerprint.replaceAll(' ', ''));
    const letter = partner.gpg(['--trust-model', 'always', '--recipient', 'n.eze@ridgeway.example', '--encrypt'], { input: 'a finding' });
    expect(doctor.gpg(['--decrypt'], { input: letter.stdout, password: own.password }).stdout.toString()).toBe('a finding');
    partner.take(readFileSync(end.file));
    expect(listedKey(partner, 'pub').validity).toBe('r');
  } finally {
    partner.close();
    doctor.close();
  }
});
