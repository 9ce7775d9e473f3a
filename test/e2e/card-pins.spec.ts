import type { Page } from '@playwright/test';
import { askForPin, choosePerson, makingTime } from './window/card-dialog.ts';
import type { KeywardWindow } from './window/host.ts';
import { look } from './window/look.ts';
import type { Sample } from './window/sample.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, faultyCore, test } from './window/test.ts';

test.use({ coreEntry: faultyCore });

/** A window over the sample practice, signed in, where its cards are. */
async function openCards(openWindow: (workspaceDirectory: string) => Promise<KeywardWindow>, { workspaceDirectory, passphrase }: Sample) {
  const { page } = await openWindow(workspaceDirectory);
  await signIn(page, passphrase);
  await goTo(page, 'Cards and readers');
  return { page, dialog: page.getByRole('dialog') };
}

async function tryPin(page: Page, pin: string): Promise<void> {
  await page.getByLabel('Card PIN').fill(pin);
  await page.keyboard.press('Enter');
}

async function setPin(page: Page, label: string, old: string, fresh: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(label, { exact: true }).fill(old);
  await dialog.getByLabel('New PIN', { exact: true }).fill(fresh);
  await dialog.getByLabel('New PIN once more').fill(fresh);
  await page.keyboard.press('Enter');
}

test('a PIN is tried once each time it is typed, its last try is asked for by itself, and a locked one is not asked for at all', async ({
  openWindow,
  sample,
  tokens,
  faults,
}) => {
  const ending = tokens.add('Ridgeway staff').slice(-4).toUpperCase();
  faults.countTries();
  const { page, dialog } = await openCards(openWindow, sample);
  const main = page.getByRole('main');
  await askForPin(page, 'ngozi');
  await expect(dialog.getByText('A wrong PIN uses one try;')).toBeVisible();

  await tryPin(page, '7410');
  await expect(dialog.getByText('That PIN was wrong. Check it before you type it again.')).toBeVisible({ timeout: makingTime });
  await expect(dialog.getByText('A wrong PIN was typed before, and few tries are left.')).toBeVisible();
  await expect(dialog.getByLabel('Card PIN')).toHaveValue('');
  expect(faults.triesLeft()).toBe(2);

  await tryPin(page, '7411');
  await expect(dialog.getByText('That PIN was wrong. One try is left.')).toBeVisible({ timeout: makingTime });
  await expect(dialog.getByText(/^If the next one is wrong too, this card locks itself\./)).toBeVisible();
  await expect(dialog.getByLabel('Card PIN')).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: /^Ask for help/ })).toBeFocused();
  await look(page);
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/^Nobody can read a PIN from a card\./)).toBeVisible();
  expect(faults.triesLeft()).toBe(1);

  await dialog.getByRole('button', { name: /^I am sure now/ }).click();
  await expect(dialog.getByText('This is the last try.')).toBeVisible();
  await tryPin(page, '7412');
  await expect(page.getByRole('dialog', { name: `Card ${ending} is locked` })).toBeVisible({ timeout: makingTime });
  await expect(dialog.getByRole('alert').filter({ hasText: 'Its PIN was wrong too often.' })).toContainText('Nothing is lost');
  await expect(dialog.getByLabel('Card PIN')).toHaveCount(0);
  expect(faults.triesLeft()).toBe(0);
  await look(page);

  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(main.getByRole('heading', { name: 'The PIN of this card is locked.' })).toBeVisible();
  await expect(main.getByRole('button', { name: 'Put a signing key on this card' })).toHaveCount(0);

  await main.getByRole('button', { name: 'Unlock this card' }).click();
  await expect(page.getByRole('dialog', { name: `Unlock card ${ending}` })).toBeVisible();
  await setPin(page, 'Unlock code', '11335577', '593047');
  await expect(dialog.getByText('That unlock code was wrong. Check it before you type it again.')).toBeVisible({ timeout: makingTime });
  await look(page);
  await setPin(page, 'Unlock code', tokens.unlockCode, '593047');
  await expect(page.getByRole('dialog', { name: `Card ${ending} is unlocked` })).toBeVisible({ timeout: makingTime });
  expect(faults.triesLeft()).toBe(3);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(main.getByText('No wrong tries')).toBeVisible();

  await goTo(page, 'Audit');
  const refused = `Setting up card ${ending} for Dr. Ngozi Eze refused: `;
  await expect(main.getByText(`${refused}The PIN is not right.`, { exact: true })).toHaveCount(2);
  await expect(main.getByText(`${refused}The PIN of this card is locked after too many wrong tries.`, { exact: true })).toHaveCount(1);
  await expect(main.getByText(/^A key for .* begun/)).toHaveCount(0);
  await expect(main.getByText('The log is complete and unaltered.')).toBeVisible();
  await goTo(page, 'People');
  await main.getByRole('row').filter({ hasText: 'Ngozi Eze' }).click();
  await expect(main.getByText(/^On card/)).toHaveCount(0);
});

test('a PIN is changed from the card’s page, and what is easily guessed is refused without a try', async ({
  openWindow,
  sample,
  tokens,
  faults,
}) => {
  const ending = tokens.add('Ridgeway staff').slice(-4).toUpperCase();
  faults.countTries();
  const { page, dialog } = await openCards(openWindow, sample);
  await page.getByRole('main').getByRole('button', { name: 'Change the PIN' }).click({ timeout: makingTime });
  await setPin(page, 'PIN now', tokens.pin, '123456');
  await expect(dialog.getByText(/^Cards leave the factory with such a PIN/)).toBeVisible();
  await look(page);
  await dialog.getByLabel('New PIN', { exact: true }).fill('593047');
  await dialog.getByLabel('New PIN once more').fill('593047');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: `The PIN of card ${ending} is changed` })).toBeVisible({ timeout: makingTime });
  expect(faults.triesLeft()).toBe(3);
  await dialog.getByRole('button', { name: 'See it in the log' }).click();
  await expect(page.getByRole('main').getByText(`PIN of card ${ending} changed`).first()).toBeVisible();
});

test('the right PIN at the last try puts the key on the card and brings all tries back', async ({ openWindow, sample, tokens, faults }) => {
  tokens.add('Ridgeway staff');
  faults.countTries();
  const { page, dialog } = await openCards(openWindow, sample);
  await askForPin(page, 'ngozi');
  await tryPin(page, '7410');
  await expect(dialog.getByText('That PIN was wrong. Check it before you type it again.')).toBeVisible({ timeout: makingTime });
  await tryPin(page, '7411');
  await dialog.getByRole('button', { name: /^I am sure now/ }).click({ timeout: makingTime });
  await tryPin(page, tokens.pin);
  await expect(page.getByRole('dialog', { name: /^The signing key for Dr\. Ngozi Eze is on card/ })).toBeVisible({ timeout: makingTime });
  expect(faults.triesLeft()).toBe(3);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('main').getByText('No wrong tries')).toBeVisible();
});

test('where the reader has a PIN pad nothing is typed here: a wrong PIN typed there costs one try, the right one makes the key and is changed', async ({
  openWindow,
  sample,
  tokens,
  faults,
}) => {
  const ending = tokens.add('Ridgeway staff').slice(-4).toUpperCase();
  faults.countTries();
  faults.typeOnPad('7410');
  const { page, dialog } = await openCards(openWindow, sample);
  await choosePerson(page, 'ngozi');
  await expect(dialog.getByText('Type the PIN on the reader.')).toBeVisible();
  await expect(dialog.getByRole('textbox')).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: 'Put the key on the card' })).toBeFocused();
  await look(page);
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('That PIN was wrong. Check it before you type it again.')).toBeVisible({ timeout: makingTime });
  expect(faults.triesLeft()).toBe(2);

  faults.typeOnPad(tokens.pin, '593047');
  await dialog.getByRole('button', { name: 'Put the key on the card' }).click();
  await expect(page.getByRole('dialog', { name: /^The signing key for / })).toBeVisible({ timeout: makingTime });
  await page.keyboard.press('Escape');
  await page.getByRole('main').getByRole('button', { name: 'Change the PIN' }).click();
  await expect(dialog.getByText('Type both PINs on the reader.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: `The PIN of card ${ending} is changed` })).toBeVisible({ timeout: makingTime });
  expect(faults.triesLeft()).toBe(3);
});
