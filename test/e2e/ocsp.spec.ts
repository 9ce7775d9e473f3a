import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ocspPath } from '../../main/domain/x509/ocsp/response-path.ts';
import { commandLine } from './window/command-line.ts';
import { look } from './window/look.ts';
import { openssl } from './window/openssl.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

const address = 'http://pki.ridgeway.example';

test('OCSP is turned on, and what is published answers openssl where it asks', async ({ openWindow, sample, saved, directory }) => {
  const keyward = commandLine(sample, directory);
  const path = (name: string) => join(directory, name);
  const make = (name: string, ...given: readonly string[]) => {
    const { authority } = keyward('authority', 'create', name, ...given) as { readonly authority: string };
    keyward('authority', 'export', authority, '--format', 'pem', '--out', path(name));
  };
  make('Clinics Root', '--root', '--publish-url', address);
  make('Clinics', '--under', 'Clinics Root');
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await goTo(page, 'Authorities');
  await page.getByRole('button', { name: 'More for Clinics Root', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Answer by OCSP' }).click();
  const dialog = page.getByRole('dialog', { name: 'Answer by OCSP' });
  await expect(dialog.getByRole('button', { name: 'Turn OCSP off' })).toBeDisabled();
  await dialog.getByText('The list, and answers by OCSP').click();
  await expect(dialog.getByLabel('Address of the answers')).toHaveValue(`${address}/ocsp`);
  await look(page);
  await dialog.getByLabel('Address of the answers').fill('https://pki.ridgeway.example');
  await expect(dialog.getByText('It must begin with http://', { exact: false })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Turn OCSP on' })).toBeDisabled();
  await dialog.getByLabel('Address of the answers').fill(`${address}/ocsp`);
  await dialog.getByRole('button', { name: 'Turn OCSP on' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(main.getByRole('region', { name: 'Clinics Root' }).getByText(`${address}/ocsp`)).toBeVisible();

  await main.getByRole('button', { name: 'Publish lists' }).click();
  await expect(main.getByText('The folder ocsp beside them answers for 2 certificates', { exact: false })).toBeVisible();
  await look(page);
  const names = ['-issuer', path('Clinics Root'), '-cert', path('Clinics'), '-no_nonce'];
  openssl(['ocsp', ...names, '-reqout', path('request.der')]);
  const response = join(saved, 'ocsp', ocspPath(readFileSync(path('request.der')).toString('base64')));
  expect(openssl(['ocsp', ...names, '-respin', response, '-CAfile', path('Clinics Root')])).toContain(': good');

  await page.getByRole('button', { name: 'More for Clinics Root', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Answer by OCSP' }).click();
  await dialog.getByText('The list of revoked certificates alone').click();
  await dialog.getByRole('button', { name: 'Turn OCSP off' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(main.getByRole('region', { name: 'Clinics Root' }).getByText('None: others look at the list')).toBeVisible();
});

test('an authority whose certificates name no address says how to get one', async ({ openWindow, sample }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await goTo(page, 'Authorities');
  await page.getByRole('button', { name: 'More for Ridgeway Family Practice Root', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Answer by OCSP' }).click();
  await expect(page.getByRole('dialog').getByText('so they cannot name one for OCSP', { exact: false })).toBeVisible();
  await look(page);
});
