import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openssl } from './window/openssl.ts';
import { searchRows } from './window/search.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

const note = 'Left in a taxi on Tuesday evening.';

/** Exports the certificate that is open, as text, and has openssl read its number. */
async function exportedSerial(page: Page, saved: string): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'This certificate, as text (PEM)' }).click();
  await expect(page.getByText('The certificate is saved.')).toBeAttached();
  const file = readdirSync(saved).find((name) => name.endsWith('.pem'));
  return openssl(['x509', '-in', join(saved, file ?? ''), '-noout', '-serial'])
    .trim()
    .replace('serial=', '');
}

/** What openssl reads from the lists that were saved, as text. */
function savedLists(saved: string): string {
  const lists = readdirSync(saved).filter((name) => name.endsWith('.crl'));
  return lists.map((name) => openssl(['crl', '-inform', 'DER', '-in', join(saved, name), '-noout', '-text'])).join('\n');
}

test('a lost key is revoked with reason and note, the list is published, and the log proves it', async ({ openWindow, sample, saved }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await goTo(page, 'Certificates and keys');
  await (await searchRows(page, 'n.eze@')).filter({ hasText: 'Signing mail' }).click();
  const serial = await exportedSerial(page, saved);

  await main.getByRole('button', { name: 'Revoke' }).click();
  const dialog = page.getByRole('dialog', { name: 'Revoke a certificate of Dr. Ngozi Eze' });
  await expect(dialog.getByRole('button', { name: 'Change nothing' })).toBeFocused();
  const act = dialog.getByRole('button', { name: 'Revoke 1 certificate now' });
  await expect(act).toBeDisabled();
  await dialog.getByRole('radio', { name: /^Lost, stolen or known to somebody else/ }).check();
  await dialog.getByLabel('Note for the audit log').fill(note);
  await act.click();

  await expect(page.getByRole('heading', { name: 'The certificate is revoked' })).toBeVisible();
  await expect(main.getByText(`Number ending in ${serial.slice(-4)}`)).toBeVisible();
  const made = await main.getByText(/List of revoked certificates \d+ was made/).innerText();
  const number = Number(/\d+/.exec(made)?.[0]);
  await main.getByRole('button', { name: 'Publish the list' }).click();
  await expect(main.getByText('The files are saved. Put them where the certificates point to.')).toBeVisible();
  const lists = savedLists(saved);
  expect(lists).toContain(`Serial Number: ${serial}`);
  expect(lists).toContain('Key Compromise');
  expect(Math.max(...[...lists.matchAll(/X509v3 CRL Number:\s+(\d+)/g)].map(([, found]) => Number(found)))).toBeGreaterThan(number);

  await main.getByRole('button', { name: /^See entry/ }).click();
  const entry = page.getByRole('region', { name: /^Entry / });
  await expect(entry.getByRole('heading', { name: /^Certificate of Dr\. Ngozi Eze revoked/ })).toBeVisible();
  await expect(entry.getByText(note, { exact: true })).toBeVisible();
  await expect(entry.getByRole('heading', { name: 'This entry is proven to be in the log' })).toBeVisible();
  await expect(main.getByText('The log is complete and unaltered.')).toBeVisible();
});

test('reporting keys lost can be left without changing anything', async ({ openWindow, sample }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await goTo(page, 'People');
  await page
    .getByRole('main')
    .getByRole('row', { name: /Ngozi Eze/ })
    .click();
  await page.getByRole('button', { name: 'Report lost' }).click();
  const dialog = page.getByRole('dialog', { name: 'Revoke 2 certificates of Dr. Ngozi Eze' });
  await expect(dialog.getByRole('radio', { name: /^Lost, stolen or known to somebody else/ })).toBeChecked();
  await dialog.getByRole('button', { name: 'Change nothing' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('main').getByText(/^Works until /)).toBeVisible();
});
