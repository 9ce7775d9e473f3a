import type { Page } from '@playwright/test';
import { askForPin, makingTime } from './window/card-dialog.ts';
import { look } from './window/look.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, faultyCore, test } from './window/test.ts';

test.use({ coreEntry: faultyCore });

const seen = (page: Page) => page.getByRole('main').getByRole('heading', { name: 'Nobody’s signing key is on this card yet.' });

/** What the page of cards says of a driver that failed, and what to do. */
const told = {
  crash: {
    state: 'Stopped working',
    hint: /^It is started again by itself\./,
    error: 'The driver for these cards crashed: SoftHSM.',
    refusal: 'The driver for these cards crashed.',
  },
  hang: {
    state: 'Does not answer',
    hint: /^It was stopped and is asked again/,
    error: 'The driver for these cards did not answer and was stopped: SoftHSM.',
    refusal: 'The driver for these cards did not answer and was stopped.',
  },
} as const;

for (const how of ['crash', 'hang'] as const) {
  const { state, hint, error, refusal } = told[how];

  test(`a driver that ends in a ${how} while cards are listed is said in words, everything else works, and the card is seen again`, async ({
    openWindow,
    sample,
    tokens,
    faults,
  }) => {
    tokens.add('Ridgeway staff');
    const { page } = await openWindow(sample.workspaceDirectory);
    const main = page.getByRole('main');
    await signIn(page, sample.passphrase);
    await goTo(page, 'Cards and readers');
    await expect(seen(page)).toBeVisible({ timeout: makingTime });

    faults.fail('C_GetTokenInfo', 'before', how);
    await expect(main.getByRole('heading', { name: 'This computer cannot see cards.' })).toBeVisible({ timeout: makingTime });
    await expect(main.getByText(state)).toBeVisible();
    await expect(main.getByText(hint)).toBeVisible();
    await expect(page.getByText('Readers cannot be seen')).toBeVisible();
    await expect(main.getByText('Put a card in and it appears here.')).toHaveCount(0);
    await expect(page.getByText('was taken out')).toHaveCount(0);
    if (how === 'crash') await look(page);

    await goTo(page, 'People');
    await expect(main.getByText(/^25 people\./)).toBeVisible();
    await goTo(page, 'Audit');
    await expect(main.getByText('The log is complete and unaltered.')).toBeVisible();

    faults.fail();
    await goTo(page, 'Cards and readers');
    await expect(seen(page)).toBeVisible({ timeout: makingTime });
    await expect(main.getByText(state)).toHaveCount(0);
  });

  test(`a driver that ends in a ${how} while a card is given its key is said in words, nothing is issued, and the next try works`, async ({
    openWindow,
    sample,
    tokens,
    faults,
  }) => {
    tokens.add('Ridgeway staff');
    const { page } = await openWindow(sample.workspaceDirectory);
    const main = page.getByRole('main');
    await signIn(page, sample.passphrase);
    await goTo(page, 'Cards and readers');
    await askForPin(page, 'ngozi');
    faults.fail('C_GenerateKeyPair', 'after', how);
    await page.keyboard.type(tokens.pin);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    const alert = dialog.getByRole('alert').filter({ hasText: error });
    await expect(alert).toBeVisible({ timeout: makingTime });
    await expect(alert).toContainText('Keyward itself goes on.');
    await expect(dialog.getByLabel('Card PIN')).toHaveValue('');

    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(seen(page)).toBeVisible();
    await goTo(page, 'Audit');
    await expect(main.getByRole('row').filter({ hasText: refusal }).first()).toBeVisible();
    faults.fail();
    await goTo(page, 'Cards and readers');
    await askForPin(page, 'ngozi');
    await page.keyboard.type(tokens.pin);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: /^The signing key for Dr\. Ngozi Eze is on card/ })).toBeVisible({ timeout: makingTime });
  });
}

test('a driver that crashes while a PIN is asked for is not mistaken for a card taken out, and the prompt comes back with it', async ({
  openWindow,
  sample,
  tokens,
  faults,
}) => {
  tokens.add('Ridgeway staff');
  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await goTo(page, 'Cards and readers');
  await askForPin(page, 'ngozi');
  await page.keyboard.type('40');
  faults.fail('C_GetTokenInfo');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert').filter({ hasText: told.crash.error })).toBeVisible({ timeout: makingTime });
  await expect(dialog.getByText('The card was taken out.')).toHaveCount(0);
  await expect(dialog.getByLabel('Card PIN')).toHaveCount(0);
  await look(page);
  faults.fail();
  await expect(dialog.getByLabel('Card PIN')).toHaveValue('', { timeout: makingTime });
});
