import { makingTime } from './window/card-dialog.ts';
import { look } from './window/look.ts';
import { signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

test('a card is registered in the account, offered at the door, opens it by its PIN, and locks it when it is pulled', async ({
  openWindow,
  sample,
  tokens,
}) => {
  const ending = tokens.add('Nadia').slice(-4).toUpperCase();
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await page.getByRole('banner').getByTitle('Your account, Nadia').click();
  await expect(main.getByText('No card signs you in.')).toBeVisible();
  await main.getByRole('button', { name: 'Use a card' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign in with a card' });
  await expect(dialog.getByRole('combobox', { name: 'Card' })).toHaveValue(`Nadia, number ending in ${ending}`, { timeout: makingTime });
  await dialog.getByLabel('Your passphrase').fill('not hers');
  await dialog.getByLabel('Card PIN').fill(tokens.pin);
  await dialog.getByRole('button', { name: 'Sign in with this card from now on' }).click();
  await expect(dialog.getByText('That was not your passphrase. The card was not asked.')).toBeVisible();
  await look(page);
  await dialog.getByLabel('Your passphrase').fill(sample.passphrase);
  await dialog.getByLabel('Card PIN').fill(tokens.pin);
  await page.keyboard.press('Enter');
  await expect(main.getByText(new RegExp(`^Card ${ending} signs you in since`))).toBeVisible({ timeout: makingTime });
  await look(page);

  await page.keyboard.press('Control+l');
  await page.getByRole('button', { name: `Use card ${ending}` }).click({ timeout: makingTime });
  await expect(page.getByRole('heading', { name: `Sign in with card ${ending}` })).toBeVisible();
  await page.keyboard.type('7410');
  await page.keyboard.press('Enter');
  await expect(page.getByText('That PIN was wrong.')).toBeVisible({ timeout: makingTime });
  await look(page);
  await page.getByLabel('Card PIN').fill(tokens.pin);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible({ timeout: makingTime });
  tokens.pullOut();
  await expect(page.getByText('Locked because the card was taken out.')).toBeVisible({ timeout: makingTime });
  await look(page);
});
