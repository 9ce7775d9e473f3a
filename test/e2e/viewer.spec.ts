import type { Page } from '@playwright/test';
import { appearances, viewOf } from '../../scripts/pictures/open-window.ts';
import * as asn1 from '../../main/domain/asn1/der-writer.ts';
import { attributeOid } from '../../main/domain/x509/oid.ts';
import { generalName, issue, nameOf, subjectAltName } from '../domain/path-validation/authority.ts';
import { axeFindings, sidewaysScrolling } from './window/accessibility.ts';
import { signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

/** Drops a file on the page as a person would, wherever they are. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const octets = Array.from(bytes);
  const dataTransfer = await page.evaluateHandle(
    (file) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(file.octets)], file.name));
      return transfer;
    },
    { name, octets },
  );
  await page.dispatchEvent('main', 'drop', { dataTransfer });
}

test.describe.configure({ timeout: 300_000 });

async function expectSound(page: Page, where: string): Promise<void> {
  const { show } = await viewOf(page);
  for (const [way, appearance] of Object.entries(appearances)) {
    await show(appearance);
    expect.soft(await sidewaysScrolling(page), `${where}, ${way}: scrolls sideways`).toEqual([]);
    expect.soft(await axeFindings(page), `${where}, ${way}: axe`).toEqual([]);
  }
  await show(appearances.light);
}

test('a hostile certificate dropped anywhere is read, is not trusted, and stays text; a mail says that nobody signed it', async ({
  openWindow,
  sample,
}) => {
  const hostile = '<img src=x onerror="document.title=1">\u202Egro.elpmaxe';
  const names = Array.from({ length: 500 }, (_, at) => generalName(1, `a${at}@example.org`));
  const { certificate } = issue({
    subject: nameOf([attributeOid.commonName, asn1.utf8String(hostile)]),
    extensions: [subjectAltName(...names)],
  });
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  const title = await page.title();
  await drop(page, 'holiday.jpg', certificate.der);
  await expect(main.getByText('Not to be trusted here')).toBeVisible();
  await expect(main.getByText('<img src=x').first()).toBeVisible();
  expect(await main.locator('img').count()).toBe(0);
  expect(await page.title()).toBe(title);
  await expectSound(page, 'words');
  await main.getByRole('tab', { name: 'Every field' }).click();
  await expect(main.getByText('a0@example.org').first()).toBeVisible();
  await main.getByRole('tab', { name: 'Raw (ASN.1)' }).click();
  await main.getByRole('button', { name: /^notAfter/ }).click();
  await expect(main.getByRole('region', { name: 'notAfter' }).getByText(/^UTCTime · offset/)).toBeVisible();
  await expectSound(page, 'raw');
  await drop(page, 'mail', Buffer.from('From: Ann <ann@example.org>\r\nSubject: Results\r\n\r\nHello\r\n'));
  await expect(main.getByText('Nobody signed this mail')).toBeVisible();
});
