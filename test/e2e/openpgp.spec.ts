import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { listedKey, openKeyring } from '../gnupg/keyring.ts';
import { axeFindings } from './window/accessibility.ts';
import { makingTime } from './window/card-dialog.ts';
import { look } from './window/look.ts';
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

test('an OpenPGP card is seen, a key is born on it, its PIN is changed, it is taken out, and reported lost', async ({
  openWindow,
  sample,
  readerDesk,
}) => {
  const [pin, adminPin, fresh] = ['482915', '59204718', '730284'];
  const card = readerDesk.newOpenPgpCard({ pin, adminPin, holder: 'Eze<<Ngozi', serial: '00004471' });
  const service = readerDesk.start('two');
  const pullOut = service.insert(card);
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog');
  await signIn(page, sample.passphrase);
  await goTo(page, 'Cards and readers');
  const sheet = main.getByRole('region', { name: 'OpenPGP card 4471' });
  await expect(sheet.getByRole('heading', { name: 'No key is on this OpenPGP card yet.' })).toBeVisible({ timeout: makingTime });

  await sheet.getByRole('button', { name: 'Put an OpenPGP key on it' }).click();
  await page.getByRole('combobox', { name: 'Person' }).fill('ngozi');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Card PIN').fill(pin);
  await dialog.getByLabel('Admin PIN').fill('11223344');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('That admin PIN was wrong. Check it before you type it again.')).toBeVisible({ timeout: makingTime });
  await look(page);
  await dialog.getByLabel('Card PIN').fill(pin);
  await dialog.getByLabel('Admin PIN').fill(adminPin);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'The OpenPGP key of Dr. Ngozi Eze is on card 4471' })).toBeVisible({ timeout: makingTime });
  await look(page);
  const fingerprint = await dialog.getByText(/^([0-9A-F]{4} ){9}[0-9A-F]{4}$/).innerText();
  expect(card.read().fingerprints.sign?.toUpperCase()).toBe(fingerprint.replaceAll(' ', ''));
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  await expect(sheet.getByRole('heading', { name: 'Dr. Ngozi Eze signs with this OpenPGP card.' })).toBeVisible();
  await look(page);
  await sheet.getByRole('button', { name: 'Change the PIN' }).click();
  await dialog.getByLabel('PIN now', { exact: true }).fill(pin);
  await dialog.getByLabel('New PIN', { exact: true }).fill(fresh);
  await dialog.getByLabel('New PIN once more').fill(fresh);
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('From now on the card asks for the new PIN.')).toBeVisible({ timeout: makingTime });
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  expect(card.read()).toMatchObject({ pin: fresh, pinTries: 3, adminTries: 3 });

  pullOut();
  await expect(page.getByText('Card 4471 was taken out.').first()).toBeAttached({ timeout: makingTime });
  await expect(sheet).toHaveCount(0);
  service.insert(card);
  await sheet.getByRole('button', { name: 'Report it lost' }).click({ timeout: makingTime });
  await look(page);
  await dialog.getByRole('button', { name: 'Report card 4471 lost' }).click();
  await expect(page.getByRole('dialog', { name: 'Card 4471 is reported lost' })).toBeVisible({ timeout: makingTime });
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(sheet.getByRole('heading', { name: 'This OpenPGP card was reported lost.' })).toBeVisible({ timeout: makingTime });
  await goTo(page, 'Audit');
  await expect(main.getByText(/^Card 4471 .*reported lost/)).toBeVisible();
  await expect(main.getByText('The log is complete and unaltered.')).toBeVisible();
});
