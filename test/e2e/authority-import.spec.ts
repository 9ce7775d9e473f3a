import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseInField } from './window/files.ts';
import { look } from './window/look.ts';
import { openssl } from './window/openssl.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

test('an authority made by openssl is taken in from a .p12, with the right password only, and from certificate and key', async ({
  openWindow,
  sample,
  directory,
}) => {
  const path = (name: string) => join(directory, name);
  writeFileSync(path('password'), 'correct horse', { mode: 0o600 });
  const make = (name: string) => {
    const files = ['-keyout', path(`${name}.key`), '-out', path(`${name}.crt`)];
    openssl([
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-384',
      '-noenc',
      '-subj',
      `/CN=${name}`,
      '-days',
      '900',
      ...files,
    ]);
  };
  make('Lab Root');
  make('Clinic Root');
  const pair = ['-inkey', path('Lab Root.key'), '-in', path('Lab Root.crt')];
  openssl(['pkcs12', '-export', ...pair, '-passout', `file:${path('password')}`, '-out', path('lab.p12')]);

  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await goTo(page, 'Authorities');
  const begin = async () => {
    await main.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Take in an authority' }).click();
  };
  await begin();
  const dialog = page.getByRole('dialog', { name: 'Take in an authority' });
  const act = dialog.getByRole('button', { name: 'Take in the authority' });
  await expect(act).toBeDisabled();
  await look(page);
  await chooseInField(page, 'Choose the certificate', path('lab.p12'));
  await dialog.getByLabel('Password of the file').fill('wrong');
  await act.click();
  await expect(dialog.getByText('It does not open with this password.', { exact: false })).toBeVisible();
  await dialog.getByLabel('Password of the file').fill('correct horse');
  await act.click();
  await page.getByRole('dialog', { name: 'The authority is taken in' }).getByRole('button', { name: 'Done' }).click();
  await expect(main.getByRole('region', { name: 'Lab Root' })).toBeVisible();

  await begin();
  await chooseInField(page, 'Choose the certificate', path('Clinic Root.crt'));
  await act.click();
  await expect(dialog.getByText('The key is not in this file.', { exact: false })).toBeVisible();
  await chooseInField(page, 'Choose the key', path('Lab Root.key'));
  await act.click();
  await expect(dialog.getByText('This key is not that of the certificate.', { exact: false })).toBeVisible();
  await chooseInField(page, 'Choose the key', path('Clinic Root.key'));
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Our clinics');
  await act.click();
  await page.getByRole('dialog', { name: 'The authority is taken in' }).getByRole('button', { name: 'Done' }).click();
  await expect(main.getByRole('region', { name: 'Our clinics' })).toBeVisible();

  await begin();
  makeBelow(path, 'Ward CA', 'Hospital Root');
  await chooseInField(page, 'Choose the certificate', path('Ward CA.crt'));
  await chooseInField(page, 'Choose the key', path('Ward CA.key'));
  await act.click();
  await expect(dialog.getByText('Who signed this authority is not known here.', { exact: false })).toBeVisible();
  await look(page);
  await chooseInField(page, 'Choose the certificates', path('Hospital Root.crt'));
  await act.click();
  await page.getByRole('dialog', { name: 'The authority is taken in' }).getByRole('button', { name: 'Done' }).click();
  const ward = main.getByRole('region', { name: 'Ward CA' });
  await expect(ward.getByText('Hospital Root, which is not the practice’s own')).toBeVisible();
});

/** An authority under a root that is nobody's here. */
function makeBelow(path: (name: string) => string, name: string, root: string): void {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-noenc'];
  openssl(['req', '-x509', ...curve, '-subj', `/CN=${root}`, '-days', '900', '-keyout', path(`${root}.key`), '-out', path(`${root}.crt`)]);
  openssl(['req', '-new', ...curve, '-subj', `/CN=${name}`, '-keyout', path(`${name}.key`), '-out', path(`${name}.csr`)]);
  writeFileSync(
    path('extensions'),
    'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n',
  );
  const signing = ['-CA', path(`${root}.crt`), '-CAkey', path(`${root}.key`), '-days', '800', '-extfile', path('extensions')];
  openssl(['x509', '-req', '-in', path(`${name}.csr`), ...signing, '-out', path(`${name}.crt`)]);
}
