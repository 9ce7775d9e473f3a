import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

test('an own profile is made from one of Keyward’s, checked, kept, and changed', async ({ openWindow, sample }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await goTo(page, 'Certificate profiles');
  await main.getByRole('row').filter({ hasText: 'smime-mailbox-multipurpose' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make your own from this' }).click();
  const dialog = page.getByRole('dialog', { name: 'New profile' });
  await dialog.getByLabel('Name', { exact: true }).fill('Locum doctors');
  await expect(dialog.getByText('Scripts call it locum-doctors.')).toBeVisible();
  await dialog.getByLabel('How many days').fill('90');
  await dialog.getByRole('button', { name: 'Check it' }).click();
  await expect(dialog.getByRole('button', { name: 'Keep this profile' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep this profile' }).click();
  const row = main.getByRole('row').filter({ hasText: 'Locum doctors' });
  await expect(row).toContainText('90 days');
  await row.click();
  await page.getByRole('dialog', { name: 'Locum doctors' }).getByRole('button', { name: 'Change' }).click();
  const change = page.getByRole('dialog', { name: 'Change Locum doctors' });
  await change.getByLabel('How many days').fill('60');
  await change.getByRole('button', { name: 'Check it' }).click();
  await change.getByRole('button', { name: 'Keep this profile' }).click();
  await expect(row).toContainText('60 days');
  await goTo(page, 'Audit');
  await expect(main.getByText('Certificate profile locum-doctors changed').first()).toBeVisible();
});

test('a profile that breaks a rule says so, and is kept only with a reason', async ({ openWindow, sample }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await goTo(page, 'Certificate profiles');
  await page.getByRole('main').getByRole('row').filter({ hasText: 'smime-mailbox-multipurpose' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make your own from this' }).click();
  const dialog = page.getByRole('dialog', { name: 'New profile' });
  await dialog.getByLabel('Name', { exact: true }).fill('Rule breakers');
  await dialog.getByRole('button', { name: 'Add a part' }).click();
  await dialog.getByLabel('The text of Family name').fill('Nobody');
  await dialog.getByRole('button', { name: 'Check it' }).click();
  await expect(dialog.getByText('The subject holds attributes its policy does not allow: surname.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Keep this profile' })).toBeDisabled();
  await dialog.getByLabel('Why it is to be signed all the same').fill('An old gateway reads it.');
  await dialog.getByRole('button', { name: 'Keep this profile' }).click();
  await expect(page.getByRole('main').getByRole('row').filter({ hasText: 'Rule breakers' })).toBeVisible();
});
