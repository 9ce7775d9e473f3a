import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { chooseInField } from './window/files.ts';
import { look } from './window/look.ts';
import { openssl } from './window/openssl.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

const root = 'Ridgeway Family Practice Root';

async function begin(page: Page, passphrase: string): Promise<void> {
  await signIn(page, passphrase);
  await goTo(page, 'Authorities');
}

/** Chooses from the menu of an authority. */
async function ask(page: Page, authority: string, act: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${authority}`, exact: true }).click();
  await page.getByRole('menuitem', { name: act }).click();
}

const names = (certificate: string) => openssl(['x509', '-inform', 'DER', '-in', certificate, '-noout', '-subject', '-issuer']);

test('a root gets its next key, stands above the old one, and both vouch for each other', async ({ openWindow, sample, saved }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await begin(page, sample.passphrase);
  await ask(page, root, 'New key');
  const dialog = page.getByRole('dialog', { name: `New key for ${root}` });
  await expect(dialog.getByText('The old and the new key vouch for each other', { exact: false })).toBeVisible();
  await look(page);
  await dialog.getByRole('button', { name: 'Make the new key' }).click();
  const made = page.getByRole('dialog', { name: `${root} (2) has taken over` });
  await expect(made.getByText('Publish the lists now', { exact: false })).toBeVisible();
  await made.getByRole('button', { name: 'Done' }).click();

  await expect(main.getByRole('region', { name: root, exact: true })).toContainText(`${root} (2) has taken over.`);
  await expect(main.getByRole('list', { name: `Below ${root} (2)` }).getByText('Issues to people')).toBeVisible();
  await main.getByText('More about this key').click();
  await page.getByRole('button', { name: `More for ${root}`, exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Take the key offline' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'New key' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await look(page);
  await main.getByRole('button', { name: 'Publish lists' }).click();
  await expect(main.getByText('The new lists are made and saved.')).toBeVisible();
  const crosses = readdirSync(saved).filter((name) => name.includes('-cross'));
  expect(crosses).toHaveLength(2);
  for (const cross of crosses) expect(names(join(saved, cross))).toMatch(/^subject=(.*)\nissuer=\1\n$/);
});

/** Makes the encrypted file of the root's key, saves it, and gives its path and the password as it was shown. */
async function saveKey(page: Page, saved: string) {
  await ask(page, root, 'Take the key offline');
  const dialog = page.getByRole('dialog', { name: `Take the key of ${root} offline` });
  await look(page);
  await dialog.getByRole('button', { name: 'Make the encrypted file' }).click();
  const next = dialog.getByRole('button', { name: 'Next: show that it opens' });
  await expect(next).toBeDisabled();
  const password = await dialog.getByRole('group', { name: 'Password of the file' }).innerText();
  await dialog.getByRole('button', { name: 'Save the file' }).click();
  await expect(dialog.getByText(/^Saved: /)).toBeVisible();
  await look(page);
  await next.click();
  const file = join(saved, readdirSync(saved).find((name) => name.endsWith('.key.pem')) ?? '');
  return { dialog, file, password };
}

/** A list by the key in the file, as openssl makes it from nothing but that and the certificate. */
function listByOpenssl(directory: string, { file, password, certificate }: Record<'file' | 'password' | 'certificate', string>): string {
  const path = (name: string) => join(directory, name);
  writeFileSync(path('password'), password, { mode: 0o600 });
  writeFileSync(path('index.txt'), '');
  writeFileSync(path('crlnumber'), '03E8\n');
  const section = `database=${path('index.txt')}\ncrlnumber=${path('crlnumber')}\ndefault_md=sha384\ncrl_extensions=list`;
  writeFileSync(path('ca.cnf'), `[ca]\ndefault_ca=root\n[root]\n${section}\n[list]\nauthorityKeyIdentifier=keyid\n`);
  const key = ['-keyfile', file, '-passin', `file:${path('password')}`, '-cert', certificate];
  openssl(['ca', '-gencrl', '-config', path('ca.cnf'), ...key, '-crldays', '90', '-out', path('carried.crl')]);
  return path('carried.crl');
}

test('a root’s key leaves only after its file was opened, signs a list elsewhere that is taken in, and comes back', async ({
  openWindow,
  sample,
  saved,
  directory,
}) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const card = page.getByRole('main').getByRole('region', { name: root, exact: true });
  await begin(page, sample.passphrase);
  await card.getByRole('button', { name: `Export the certificate of ${root}` }).click();
  const exported = () => readdirSync(saved).find((name) => /^[^.].*\.pem$/.test(name)) ?? '';
  await expect.poll(exported).not.toBe('');
  const certificate = join(saved, exported());
  const { dialog, file, password } = await saveKey(page, saved);
  const letGo = dialog.getByRole('button', { name: 'Take the key offline' });
  const typed = dialog.getByLabel('Password of the file');
  await chooseInField(page, 'Choose the file', certificate);
  await typed.fill(password);
  await letGo.click();
  await expect(dialog.getByText('There is no key in this file that can be read.', { exact: false })).toBeVisible();
  await chooseInField(page, 'Choose the file', file);
  await typed.fill(`${password}x`);
  await letGo.click();
  await expect(dialog.getByText('The file does not open with this password.', { exact: false })).toBeVisible();
  await look(page);
  await expect(card.getByText('Key kept offline')).toHaveCount(0);
  await typed.fill(password);
  await letGo.click();
  await expect(dialog.getByText('The key is in its file, and nowhere else.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(card.getByText('Key kept offline')).toBeVisible();

  const list = listByOpenssl(directory, { file, password, certificate });
  await ask(page, root, 'Take in a list');
  const carrying = page.getByRole('dialog', { name: `Take in a list of ${root}` });
  await chooseInField(page, 'Choose the file', file);
  await carrying.getByRole('button', { name: 'Take in the list' }).click();
  await expect(carrying.getByRole('alert')).toBeVisible();
  await chooseInField(page, 'Choose the file', list);
  await carrying.getByRole('button', { name: 'Take in the list' }).click();
  await page.getByRole('dialog', { name: 'List 1,000 is taken in' }).getByRole('button', { name: 'Done' }).click();
  await expect(card.getByText('Number 1,000', { exact: false })).toBeVisible();

  await ask(page, root, 'Bring the key back');
  const back = page.getByRole('dialog', { name: `Bring the key of ${root} back` });
  const bring = back.getByRole('button', { name: 'Bring the key back' });
  await chooseInField(page, 'Choose the file', file);
  await back.getByLabel('Password of the file').fill('something else');
  await bring.click();
  await expect(back.getByText('The file does not open with this password.', { exact: false })).toBeVisible();
  await back.getByLabel('Password of the file').fill(password);
  await bring.click();
  await back.getByRole('button', { name: 'Done' }).click();
  await expect(card.getByText('Key kept offline')).toHaveCount(0);
  await goTo(page, 'Audit');
  await expect(page.getByRole('main').getByText(`Key of ${root} back in the vault`).first()).toBeVisible();
  expect(readFileSync(file, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY');
});
