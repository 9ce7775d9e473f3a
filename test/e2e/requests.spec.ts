import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { choose } from './window/files.ts';
import { openssl } from './window/openssl.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

/** A request for a new key, as openssl makes it; the path of its file. */
function newRequest(directory: string, subject: string): string {
  const [key, request] = [join(directory, 'key.pem'), join(directory, 'request.pem')];
  openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', key]);
  openssl(['req', '-new', '-key', key, '-subj', subject, '-addext', 'keyUsage=digitalSignature', '-out', request]);
  return request;
}

async function begin(page: Page, passphrase: string): Promise<void> {
  await signIn(page, passphrase);
  await goTo(page, 'Certificates and keys');
  await page.getByRole('main').getByRole('button', { name: 'Sign a request' }).click();
}

test('a request for a key from outside is shown with what comes of it, signed, saved and in the log', async ({
  openWindow,
  sample,
  saved,
  directory,
}) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  await begin(page, sample.passphrase);
  await choose(page, 'Choose a file', newRequest(directory, '/O=Other Clinic/CN=Eve Outside/emailAddress=eve@lab.example'), 'dialog');
  const dialog = page.getByRole('dialog', { name: 'Sign a request' });
  await expect(dialog.getByText('Nobody in the practice')).toBeVisible();
  const asked = dialog.getByRole('region', { name: 'What was asked for' });
  await expect(asked.getByRole('listitem').filter({ hasText: 'Other Clinic' })).toContainText('Left out');
  await expect(asked.getByRole('listitem').filter({ hasText: 'Eve Outside' })).toContainText('Becomes eve@lab.example');
  await dialog.getByRole('button', { name: 'Sign this request' }).click();
  await page.getByRole('dialog', { name: 'The certificate is made' }).getByRole('button', { name: 'Save the certificate' }).click();
  await expect(page.getByText(/^Saved: /)).toBeVisible();
  const file = join(saved, readdirSync(saved).find((name) => name.endsWith('.pem')) ?? '');
  expect(openssl(['x509', '-in', file, '-noout', '-pubkey'])).toBe(openssl(['pkey', '-in', join(directory, 'key.pem'), '-pubout']));
  expect(readFileSync(file, 'utf8').match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
  await page.getByRole('dialog').getByRole('button', { name: 'Open the certificate' }).click();
  await expect(page.getByRole('main').getByText('With whoever asked for the certificate; it never was here')).toBeVisible();
  await goTo(page, 'Audit');
  await expect(page.getByRole('main').getByText('Certificate for a key from outside issued').first()).toBeVisible();
});

test('what is no request, or proves nothing, is refused in words, and another file can be chosen', async ({
  openWindow,
  sample,
  directory,
}) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  await begin(page, sample.passphrase);
  const wrong = join(directory, 'wrong.csr');
  newRequest(directory, '/CN=Nobody');
  writeFileSync(wrong, 'not a request');
  await choose(page, 'Choose a file', wrong, 'dialog');
  const dialog = page.getByRole('dialog', { name: 'Sign a request' });
  await expect(dialog.getByRole('alert')).toContainText('This file cannot be read');
  await expect(dialog.getByRole('button', { name: 'Sign this request' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Another file' }).click();
  await choose(page, 'Choose a file', join(directory, 'request.pem'), 'dialog');
  await expect(dialog.getByRole('alert')).toContainText('email');
  await expect(dialog.getByRole('button', { name: 'Sign this request' })).toBeDisabled();
});
