import { askForPin, makingTime } from './window/card-dialog.ts';
import { handOver } from './window/hand-over.ts';
import { look } from './window/look.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

test('a card is seen when it is put in, gets a signing key with its PIN, and the person’s page says where that key is', async ({
  openWindow,
  sample,
  tokens,
}) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await goTo(page, 'Cards and readers');
  await expect(main.getByRole('region', { name: 'No card seen yet' })).toBeVisible();

  const ending = tokens.add('Ridgeway staff').slice(-4).toUpperCase();
  const card = main.getByRole('region', { name: `Card ${ending}` });
  await expect(card.getByRole('heading', { name: 'Nobody’s signing key is on this card yet.' })).toBeVisible({ timeout: makingTime });
  await expect(page.getByText(`Card ${ending} is in the reader. Nobody’s key is on it.`)).toBeAttached();
  await expect(page.getByRole('banner').getByText('Card in the reader')).toBeVisible();

  await askForPin(page, 'ngozi');
  await page.keyboard.type('7410');
  await page.keyboard.press('Enter');
  const prompt = page.getByRole('dialog', { name: `PIN for card ${ending}` });
  await expect(prompt.getByText('That PIN was wrong.')).toBeVisible({ timeout: makingTime });
  await expect(prompt.getByText(/few tries are left/)).toBeVisible();
  await expect(prompt.getByLabel('Card PIN')).toHaveValue('');
  await expect(prompt.getByLabel('Card PIN')).toBeFocused();

  await page.keyboard.type(tokens.pin);
  await page.keyboard.press('Enter');
  const done = page.getByRole('dialog', { name: `The signing key for Dr. Ngozi Eze is on card ${ending}` });
  await expect(done).toBeVisible({ timeout: makingTime });
  await done.getByRole('button', { name: 'See it in the log' }).click();
  await expect(main.getByRole('heading', { name: 'This entry is proven to be in the log' })).toBeVisible();

  await goTo(page, 'Cards and readers');
  await expect(card.getByRole('heading', { name: 'This is Dr. Ngozi Eze’s card. It works.' })).toBeVisible();
  await expect(card.getByText('No wrong tries')).toBeVisible();
  await card.getByRole('button', { name: 'Open Dr. Ngozi Eze’s page' }).click();
  await expect(main.getByRole('heading', { level: 1, name: 'Dr. Ngozi Eze' })).toBeVisible();
  await expect(main.getByText(`On card ${ending}`)).toBeVisible();
});

test('the key that opens their mail is put on the card as well, by the PIN, and stays in the vault', async ({
  openWindow,
  sample,
  tokens,
}) => {
  const ending = tokens.add('Ridgeway staff').slice(-4).toUpperCase();
  const { page } = await openWindow(sample.workspaceDirectory);
  const card = page.getByRole('main').getByRole('region', { name: `Card ${ending}` });
  await signIn(page, sample.passphrase);
  await goTo(page, 'Cards and readers');
  await askForPin(page, 'ngozi');
  await page.keyboard.type(tokens.pin);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: /^The signing key for/ }).waitFor({ timeout: makingTime });
  await page.keyboard.press('Escape');
  await card.getByRole('button', { name: 'Put the key for opening mail on it' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open Dr. Ngozi Eze’s mail with the card' });
  await look(page);
  await dialog.getByLabel('Card PIN').fill('741038');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('That PIN was wrong.')).toBeVisible({ timeout: makingTime });
  await dialog.getByLabel('Card PIN').fill(tokens.pin);
  await page.keyboard.press('Enter');
  const done = page.getByRole('dialog', { name: `Card ${ending} opens mail now` });
  await expect(done).toBeVisible({ timeout: makingTime });
  await done.getByRole('button', { name: 'Close' }).last().click();
  await expect(card.getByText('Opens mail')).toBeVisible();
  await expect(card.getByRole('button', { name: 'Put the key for opening mail on it' })).toHaveCount(0);
  await goTo(page, 'Audit');
  await expect(page.getByRole('main').getByText(/^Key of Dr. Ngozi Eze for opening mail put on card/)).toBeVisible();
});

test('what is on a card never goes into a file', async ({ openWindow, sample, tokens, saved }) => {
  tokens.add('Ridgeway staff');
  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await goTo(page, 'Cards and readers');
  await askForPin(page, 'ngozi');
  await page.keyboard.type(tokens.pin);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Open the person’s page' }).click({ timeout: makingTime });
  await page.getByRole('main').getByRole('button', { name: 'Hand over', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Hand over to / });
  await expect(dialog.getByText(/The signing key is on a card and stays there/)).toBeVisible();
  expect(await handOver(page, saved)).toEqual(['n.eze@ridgeway.example']);
});

test('what is in the vault is renewed from the person’s page while the good key on the card stays', async ({
  openWindow,
  sample,
  tokens,
}) => {
  const ending = tokens.add('Ridgeway staff').slice(-4).toUpperCase();
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await goTo(page, 'Cards and readers');
  await askForPin(page, 'ngozi');
  await page.keyboard.type(tokens.pin);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Open the person’s page' }).click({ timeout: makingTime });
  await main.getByRole('button', { name: 'Renew', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Renew for Dr. Ngozi Eze' });
  await expect(dialog.getByText(/The signing key on the card is good until .* and stays as it is/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Renew now' }).click();
  await expect(dialog.getByText('1 new certificate is ready.')).toBeVisible({ timeout: makingTime });
  await dialog.getByRole('button', { name: 'Later' }).click();
  await expect(main.getByText(`On card ${ending}`)).toBeVisible();
  await expect(main.getByText('Renewed: 1 new certificate')).toBeVisible();
});

test('a card pulled out while its PIN is asked for is said in words, and the window goes on', async ({ openWindow, sample, tokens }) => {
  tokens.add('Ridgeway staff');
  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await goTo(page, 'Cards and readers');
  await askForPin(page, 'ngozi');
  await page.keyboard.type('40');
  tokens.pullOut();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('The card was taken out.')).toBeVisible({ timeout: makingTime });
  await expect(dialog.getByLabel('Card PIN')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('main').getByRole('region', { name: 'No card seen yet' })).toBeVisible();
  await goTo(page, 'People');
  await expect(page.getByRole('main').getByText(/^25 people\./)).toBeVisible();
});
