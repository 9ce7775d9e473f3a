import type { Page } from '@playwright/test';
import { look } from './window/look.ts';
import { searchRows } from './window/search.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

/** The signing certificate of the one person. */
async function openCertificate(page: Page): Promise<void> {
  await goTo(page, 'Certificates and keys');
  await (await searchRows(page, 'n.eze@')).filter({ hasText: 'Signing mail' }).click();
}

test('a certificate is put on hold instead of revoked, everybody sees it so, and it is resumed', async ({ openWindow, sample }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await openCertificate(page);
  await main.getByRole('button', { name: 'Revoke' }).click();
  const dialog = page.getByRole('dialog', { name: 'Revoke a certificate of Dr. Ngozi Eze' });
  await expect(dialog.getByText('Might it turn up?')).toBeVisible();
  await look(page);
  await page.screenshot({ path: test.info().outputPath('dialog.png') });
  await dialog.getByRole('button', { name: 'Put on hold' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(main.getByText('Nobody is to rely on it meanwhile. Resume it, or revoke it for good.')).toBeVisible();
  await look(page);
  await page.screenshot({ path: test.info().outputPath('certificate.png') });

  await goTo(page, 'Overview');
  await expect(main.getByText('Dr. Ngozi Eze’s certificate is on hold.')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('overview.png') });
  await goTo(page, 'People');
  await expect(main.getByRole('row', { name: /Ngozi Eze/ }).getByText('On hold')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('people.png') });
  await main.getByRole('row', { name: /Ngozi Eze/ }).click();
  await expect(main.getByText('A certificate in use is on hold.')).toBeVisible();
  await look(page);
  await page.screenshot({ path: test.info().outputPath('person.png') });

  await openCertificate(page);
  await main.getByRole('button', { name: 'Resume' }).click();
  await expect(main.getByRole('button', { name: 'Put on hold' })).toBeVisible();
  await goTo(page, 'Audit');
  await expect(main.getByText('Certificate of Dr. Ngozi Eze taken off hold')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('audit.png') });
});
