import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { appearances, viewOf } from '../../scripts/pictures/open-window.ts';
import * as asn1 from '../../main/domain/asn1/der-writer.ts';
import { attributeOid } from '../../main/domain/x509/oid.ts';
import { makeOutsideAuthority } from '../cli/support/outside-authority.ts';
import { generalName, issue, nameOf, subjectAltName } from '../domain/path-validation/authority.ts';
import { axeFindings, sidewaysScrolling } from './window/accessibility.ts';
import { commandLine } from './window/command-line.ts';
import { choose } from './window/files.ts';
import { look } from './window/look.ts';
import { openssl } from './window/openssl.ts';
import type { Sample } from './window/sample.ts';
import { goTo, signIn } from './window/sign-in.ts';
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

test('a hostile certificate dropped anywhere is read, is not trusted, and stays text; a mail says that nobody signed it, and one that is encrypted opens for a reason', async ({
  openWindow,
  sample,
}) => {
  const sealed = sealedMail(sample, test.info().outputPath());
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
  await expectSound(page, 'every field');
  await main.getByRole('tab', { name: 'Raw (ASN.1)' }).click();
  await main.getByRole('button', { name: /^notAfter/ }).click();
  await expect(main.getByRole('region', { name: 'notAfter' }).getByText(/^UTCTime · offset/)).toBeVisible();
  await expectSound(page, 'raw');
  const other = test.info().outputPath('other.der');
  writeFileSync(other, issue({ subject: nameOf([attributeOid.commonName, asn1.utf8String('Bob')]) }).certificate.der);
  await choose(page, 'Compare with another file', other);
  await expect(main.getByRole('button', { name: 'End the comparison' })).toBeVisible();
  await expectSound(page, 'compared');
  await main.getByRole('button', { name: 'End the comparison' }).click();
  await drop(page, 'mail', Buffer.from('From: Ann <ann@example.org>\r\nSubject: Results\r\n\r\nHello\r\n'));
  await expect(main.getByText('Nobody signed this mail')).toBeVisible();
  await expect(main.getByRole('button', { name: 'Open it with a key kept here' })).toHaveCount(0);
  await drop(page, 'sealed.eml', sealed);
  await main.getByRole('button', { name: 'Open it with a key kept here' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open somebody’s mail' });
  await expect(dialog.getByRole('button', { name: 'Open the mail' })).toBeDisabled();
  await dialog.getByLabel('Why are you opening it?').fill('She is ill, and her patient waits');
  await expectSound(page, 'asking why');
  await dialog.getByRole('button', { name: 'Open the mail' }).click();
  await expect(main.getByText('<b>The results are in.</b>')).toBeVisible();
  await expect(main.getByText(/^Opened with the key of /)).toBeVisible();
  await expect(main.getByText('Nobody signed this mail')).toBeVisible();
  await expectSound(page, 'opened mail');
});

test('a file with a key that was made elsewhere is taken into the practice from where it is looked at, once it is said whose it is', async ({
  openWindow,
  sample,
  directory,
}) => {
  const outside = makeOutsideAuthority(directory);
  outside.run(
    'req -newkey rsa:2048 -nodes -keyout old.key -out old.csr -subj /CN=Old -addext subjectAltName=email:ngozi@old-practice.example',
  );
  const leaf = outside.sign(outside.path('old.csr'));
  outside.run(`pkcs12 -export -inkey old.key -in ${leaf} -certfile ca.pem -passout pass:geheim -out old.p12`);
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await drop(page, 'holiday.jpg', readFileSync(outside.path('old.p12')));
  await main.getByRole('button', { name: 'Take into the practice' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take in certificates and keys from elsewhere' });
  await dialog.getByRole('button', { name: 'Look at what is in them' }).click();
  await expect(dialog.getByText('does not open with')).toBeVisible();
  await dialog.getByLabel('Password of the files').fill('geheim');
  await dialog.getByRole('button', { name: 'Look at what is in them' }).click();
  await expect(dialog.getByText('Issued elsewhere by Public-Mail')).toBeVisible();
  await expectSound(page, 'what would come in');
  await dialog.getByRole('button', { name: 'Say whose it is' }).click();
  const whose = page.getByRole('dialog', { name: 'Whose certificate is this?' });
  await whose.getByRole('combobox', { name: 'Person' }).fill('Eze');
  await whose.getByRole('option', { name: /Ngozi Eze/ }).click();
  await expect(dialog.getByText('For Dr. Ngozi Eze')).toBeVisible();
  await dialog.getByRole('button', { name: 'Take 1 in' }).click();
  await expect(page.getByRole('dialog', { name: 'Taken in' }).getByText('1 private key is in the vault.')).toBeVisible();
  await look(page);
  await page.getByRole('dialog', { name: 'Taken in' }).getByRole('button').filter({ hasText: 'Close' }).click();
  await goTo(page, 'Audit');
  await expect(main.getByText('1 certificate from elsewhere taken in', { exact: false })).toBeVisible();
});

const found = z.object({ certificates: z.array(z.object({ id: z.string(), purpose: z.string() })) });

/** A mail that openssl encrypted for one of the sample practice. */
function sealedMail(sample: Sample, directory: string): Buffer {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const keyward = commandLine(sample, directory);
  const { certificates } = found.parse(keyward('certificate', 'list', '--search', 'a.okafor@'));
  const id = certificates.find(({ purpose }) => purpose === 'encrypt')?.id ?? '';
  const [to, mail] = [join(directory, 'to.pem'), join(directory, 'sealed.eml')];
  keyward('certificate', 'export', id, '--format', 'pem', '--out', to);
  const headers = ['-from', 'Ann <ann@example.org>', '-to', 'a.okafor@ridgeway.example', '-subject', 'Results'];
  openssl(['cms', '-encrypt', '-aes256', ...headers, '-out', mail, to], 'Content-Type: text/plain\n\n<b>The results are in.</b>\n');
  return readFileSync(mail);
}
