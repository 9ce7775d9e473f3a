import { look } from './window/look.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { askingCore, expect, test } from './window/test.ts';

test.use({ coreEntry: askingCore });

test('an act that could do harm asks once more who is there, and is done only with the right passphrase', async ({
  openWindow,
  sample,
}) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await goTo(page, 'Settings');
  const save = page.getByRole('button', { name: 'Save what becomes of them' });
  await page.getByRole('checkbox', { name: /^Keep a copy in the vault/ }).check();
  await page.waitForTimeout(3_000);
  await save.click();
  const asked = page.getByRole('dialog', { name: 'Is it still you?' });
  await expect(asked).toBeVisible();
  await look(page);
  await asked.getByRole('button', { name: 'Not now' }).click();
  await expect(page.getByText('This asks once more who is there.')).toBeVisible();
  await save.click();
  await asked.getByLabel('Your passphrase').fill('not hers');
  await asked.getByRole('button', { name: 'Go on' }).click();
  await expect(asked.getByText(/^That passphrase was not right/)).toBeVisible();
  await asked.getByLabel('Your passphrase').fill(sample.passphrase);
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await expect(page.getByRole('main').getByText('Saved', { exact: false }).first()).toBeVisible();
  await goTo(page, 'Audit');
  await expect(page.getByRole('main').getByText('Nadia gave the passphrase once more').first()).toBeVisible();
});
