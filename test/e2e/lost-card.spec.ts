import { askForPin, makingTime } from './window/card-dialog.ts';
import { look } from './window/look.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

test('a lost card is reported from the person’s page, refused when it is put in again, taken back and wiped', async ({
  openWindow,
  sample,
  tokens,
}) => {
  const ending = tokens.add('Ridgeway staff').slice(-4).toUpperCase();
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog');
  await signIn(page, sample.passphrase);
  await goTo(page, 'Cards and readers');
  await askForPin(page, 'ngozi');
  await page.keyboard.type(tokens.pin);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Open the person’s page' }).click({ timeout: makingTime });

  await main.getByRole('button', { name: 'Report lost' }).click();
  await expect(page.getByRole('dialog', { name: 'What is lost?' })).toBeVisible();
  await look(page);
  await dialog.getByRole('button', { name: `Card ${ending}` }).click();
  await expect(page.getByRole('dialog', { name: `Dr. Ngozi Eze’s card ${ending} is gone` })).toBeVisible();
  await expect(dialog.getByText(/^Signs nothing and opens no mail without its PIN/)).toBeVisible();
  await look(page);
  await dialog.getByLabel('Note for the audit log').fill('Left on the bus.');
  await dialog.getByRole('button', { name: `Report card ${ending} lost` }).click();
  await expect(page.getByRole('dialog', { name: `Card ${ending} is reported lost` })).toBeVisible({ timeout: makingTime });
  await expect(dialog.getByText('1 certificate is revoked.')).toBeVisible();
  await look(page);
  await dialog.getByRole('button', { name: 'Put a key on a new card' }).click();

  const card = main.getByRole('region', { name: `Card ${ending}` });
  await expect(card.getByRole('heading', { name: 'This card was reported lost.' })).toBeVisible({ timeout: makingTime });
  await expect(card.getByRole('button', { name: 'Change the PIN' })).toHaveCount(0);
  await look(page);
  await card.getByRole('button', { name: 'Take it back' }).click();
  await dialog.getByRole('button', { name: 'Take it back' }).click();
  await expect(card.getByRole('heading', { name: 'What is on Dr. Ngozi Eze’s card is revoked.' })).toBeVisible();

  await card.getByRole('button', { name: 'Wipe it' }).click();
  await dialog.getByLabel('Unlock code').fill(tokens.unlockCode);
  await look(page);
  await dialog.getByRole('button', { name: `Wipe card ${ending}` }).click();
  await expect(page.getByRole('dialog', { name: `Card ${ending} is wiped` })).toBeVisible({ timeout: makingTime });
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(card.getByRole('heading', { name: 'This card has no PIN yet.' })).toBeVisible();

  await goTo(page, 'Audit');
  await expect(main.getByText(`Card ${ending} of Dr. Ngozi Eze reported lost`)).toBeVisible();
  await expect(main.getByText(`Card ${ending} taken back`)).toBeVisible();
  await expect(main.getByText(`Card ${ending} wiped`)).toBeVisible();
  await expect(main.getByText('The log is complete and unaltered.')).toBeVisible();
});
