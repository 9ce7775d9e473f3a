import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeOutsideAuthority } from '../cli/support/outside-authority.ts';
import { makingTime } from './window/card-dialog.ts';
import { chooseInField } from './window/files.ts';
import { look } from './window/look.ts';
import { openssl } from './window/openssl.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

const root = 'Ridgeway Family Practice Root';

async function openPerson(page: Page, passphrase: string): Promise<void> {
  await signIn(page, passphrase);
  await goTo(page, 'People');
  await page
    .getByRole('main')
    .getByRole('row', { name: /Ngozi Eze/ })
    .click();
}

/** Saves what was made, from the dialog that has this title, and gives its path. */
async function save(page: Page, title: string, saved: string): Promise<string> {
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.getByRole('button', { name: 'Save the file' }).click();
  await expect(dialog.getByText(/^Saved: /)).toBeVisible();
  await dialog.getByRole('button').filter({ hasText: 'Close' }).click();
  return join(saved, readdirSync(saved).at(-1) ?? '');
}

async function request(page: Page, saved: string): Promise<string> {
  await page.getByRole('main').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Request to another authority' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask another authority to vouch for Dr. Ngozi Eze' });
  await look(page);
  await dialog.getByRole('button', { name: 'Make the request' }).click();
  return save(page, 'The request is made', saved);
}

test('another authority is asked to vouch for a person, and its answer is taken in where the request waits', async ({
  openWindow,
  sample,
  saved,
  directory,
}) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  await openPerson(page, sample.passphrase);
  const outside = makeOutsideAuthority(directory);
  const leaf = outside.sign(await request(page, saved));
  outside.run(`crl2pkcs7 -nocrl -certfile ca.pem -certfile ${leaf} -certfile root.pem -outform DER -out answer.p7b`);
  const waiting = page.getByRole('region', { name: 'Waiting for another authority' });
  await expect(waiting).toContainText('Signing and encrypting mail');
  await expect(page.getByText('Certificate requested from another authority')).toBeVisible();
  await look(page);

  await waiting.getByRole('button', { name: /^Take in the answer/ }).click();
  const wrong = join(directory, 'wrong.pem');
  writeFileSync(wrong, 'not a certificate');
  await chooseInField(page, 'Choose the answer', wrong);
  const dialog = page.getByRole('dialog', { name: 'Take in a certificate' });
  await dialog.getByRole('button', { name: 'Take it in' }).click();
  await expect(dialog.getByRole('alert')).toContainText('cannot be read');
  await chooseInField(page, 'Choose the answer', outside.path('answer.p7b'));
  await look(page);
  await dialog.getByRole('button', { name: 'Take it in' }).click();
  const done = page.getByRole('dialog', { name: 'The certificate is taken in' });
  await expect(done).toContainText('n.eze@ridgeway.example');
  await look(page);
  await done.getByRole('button', { name: 'Open the certificate' }).click();
  await expect(page.getByRole('main').getByText('Public-Mail').first()).toBeVisible();
});

test('a request that was made by mistake is given up, and the log says so', async ({ openWindow, sample, saved }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  await openPerson(page, sample.passphrase);
  const file = await request(page, saved);
  expect(openssl(['req', '-in', file, '-noout', '-subject'])).toContain('Ngozi Eze');
  await goTo(page, 'Certificates and keys');
  const waiting = page.getByRole('region', { name: 'Waiting for another authority' });
  await expect(waiting).toContainText('n.eze@ridgeway.example');
  await waiting.getByRole('button', { name: /^Give up/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Give up the request for n.eze@ridgeway.example' });
  await expect(dialog.getByRole('button', { name: 'Change nothing' })).toBeFocused();
  await look(page);
  await dialog.getByRole('button', { name: 'Give up this request' }).click();
  await expect(waiting).toHaveCount(0);
  await goTo(page, 'Audit');
  await expect(
    page.getByRole('main').getByText('Request for Dr. Ngozi Eze to an authority outside given up', { exact: false }),
  ).toBeVisible();
});

test('an authority is requested here with its key on a card, signed by a key elsewhere, and taken in', async ({
  openWindow,
  sample,
  saved,
  directory,
  tokens,
}) => {
  const ending = tokens.add('Authority').slice(-4).toUpperCase();
  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await goTo(page, 'Authorities');
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Request to an authority elsewhere' }).click();
  const dialog = page.getByRole('dialog', { name: 'Have an authority elsewhere vouch for a new one' });
  await dialog.getByLabel('Name').fill('Harbour Street');
  await dialog.getByRole('combobox', { name: 'Where its key is made' }).click({ timeout: makingTime });
  await page.getByRole('option', { name: `On card ${ending}` }).click();
  await dialog.getByLabel('Card PIN').fill(tokens.pin);
  await look(page);
  await dialog.getByRole('button', { name: 'Make the request' }).click();
  const file = await save(page, 'The request for Harbour Street is made', saved);
  const outside = makeOutsideAuthority(directory);
  outside.run(`x509 -req -in ${file} -CA root.pem -CAkey root.key -days 900 -extfile ca.ext -out harbour.pem`);

  const waiting = main.getByRole('region', { name: 'Waiting for their certificate' });
  await expect(waiting.getByText(`on card ${ending}`, { exact: false })).toBeVisible();
  await waiting.getByRole('button', { name: /^Take in the answer/ }).click();
  await chooseInField(page, 'Choose the answer', outside.path('harbour.pem'));
  await chooseInField(page, 'Choose the chain', outside.path('root.pem'));
  const taking = page.getByRole('dialog', { name: 'Take in an authority’s certificate' });
  await taking.getByLabel('Card PIN').fill(tokens.pin);
  await look(page);
  await taking.getByRole('button', { name: 'Take it in' }).click();
  await page.getByRole('dialog', { name: 'Harbour Street is ready' }).getByRole('button', { name: 'Done' }).click();
  await expect(main.getByRole('region', { name: 'Harbour Street' })).toContainText('Public-Root, which is not the practice’s own');
  await expect(main.getByText(`Its key on card ${ending} is open`, { exact: false })).toBeVisible();
  await expect(waiting).toHaveCount(0);
});

test('the request of an authority elsewhere is signed with the root’s key, as openssl verifies', async ({
  openWindow,
  sample,
  saved,
  directory,
}) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await goTo(page, 'Authorities');
  await page.getByRole('button', { name: `More for ${root}`, exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign a request' }).click();
  const [key, csr] = [join(directory, 'sub.key'), join(directory, 'sub.csr')];
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(['req', ...fresh, '-keyout', key, '-out', csr, '-subj', '/O=Harbour/CN=Harbour Street']);
  await chooseInField(page, 'Choose the request', csr);
  const dialog = page.getByRole('dialog', { name: `Sign an authority’s request with ${root}` });
  await dialog.getByLabel('Mail domains').fill('harbour.example');
  await look(page);
  await dialog.getByRole('button', { name: 'Sign it' }).click();
  const answer = await save(page, 'The certificate is made', saved);
  expect(openssl(['x509', '-in', answer, '-noout', '-ext', 'nameConstraints'])).toContain('harbour.example');
  const below = openssl(['x509', '-in', answer, '-noout', '-pubkey']);
  expect(below).toBe(openssl(['pkey', '-in', key, '-pubout']));
  expect(openssl(['verify', '-x509_strict', '-partial_chain', '-CAfile', answer, answer])).toContain('OK');
});
