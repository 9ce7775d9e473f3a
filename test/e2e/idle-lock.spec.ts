import { look } from './window/look.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, hurriedCore, test } from './window/test.ts';

test.use({ coreEntry: hurriedCore });

test('an administrator sets when an unused window locks, and the core locks it', async ({ openWindow, sample }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await goTo(page, 'Settings');
  await expect(main.getByRole('button', { name: 'Save the settings' })).toBeDisabled();
  await look(page);
  await main.getByRole('combobox', { name: 'Lock when nobody uses the window for' }).click();
  await page.getByRole('option', { name: '1 minute', exact: true }).click();
  await main.getByRole('button', { name: 'Save the settings' }).click();
  await expect(main.getByText('Saved. It holds from now on.').first()).toBeVisible();
  await expect(page.getByText('Locked because nobody used it for a while.')).toBeVisible({ timeout: 60_000 });
  await look(page);
  await signIn(page, sample.passphrase);
  await goTo(page, 'Audit');
  await expect(main.getByText('Locked: Nadia had not used it for a while').first()).toBeVisible();
  await expect(main.getByText('Settings changed: an unused window locks after 1 min').first()).toBeVisible();
});
