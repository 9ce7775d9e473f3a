import { makingTime } from './window/card-dialog.ts';
import { look } from './window/look.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

test('an authority for some mail domains is made, shown under the one that signs it, and chosen to issue; another one has its key on a card, opened with its PIN', async ({
  openWindow,
  sample,
  tokens,
}) => {
  const ending = tokens.add('Authority').slice(-4).toUpperCase();
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await goTo(page, 'Authorities');
  await main.getByRole('button', { name: 'New authority' }).click();
  const dialog = page.getByRole('dialog', { name: 'New authority' });
  const act = dialog.getByRole('button', { name: 'Make the authority' });
  await expect(act).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Ridgeway Family Practice Root');
  await dialog.getByRole('textbox', { name: 'Mail domains' }).fill('ridgeway.example .clinics');
  await dialog.getByRole('textbox', { name: 'Name' }).focus();
  await expect(dialog.getByText('.clinics is not a mail domain.', { exact: false })).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Mail domains' }).fill('ridgeway.example .clinics.example');
  await act.click();
  await expect(dialog.getByText('An authority of this name is here already', { exact: false })).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Ridgeway Clinics');
  await act.click();

  const card = main.getByRole('list', { name: /^Below .* Root$/ }).getByRole('region', { name: 'Ridgeway Clinics' });
  await expect(card.getByText('ridgeway.example, all below clinics.example')).toBeVisible();
  await expect(card.getByText('Nothing on it')).toBeVisible();
  await expect(card.getByText('Issues to people')).toBeHidden();
  await card.getByRole('button', { name: 'Let it issue: Ridgeway Clinics' }).click();
  await expect(card.getByText('Issues to people')).toBeVisible();
  await expect(main.getByText('Issues to people')).toHaveCount(1);

  await main.getByRole('button', { name: 'New authority' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Ridgeway Card CA');
  await dialog.getByRole('combobox', { name: 'Where its key is made' }).click({ timeout: makingTime });
  await page.getByRole('option', { name: `On card ${ending}` }).click();
  await dialog.getByLabel('Card PIN').fill('7410');
  await act.click();
  await expect(dialog.getByText('That PIN was wrong.')).toBeVisible({ timeout: makingTime });
  await look(page);
  await dialog.getByLabel('Card PIN').fill(tokens.pin);
  await act.click();
  const onCard = main.getByRole('region', { name: 'Ridgeway Card CA' });
  await expect(onCard.getByText(`Its key on card ${ending} is open`, { exact: false })).toBeVisible({ timeout: makingTime });
  await onCard.getByRole('button', { name: 'Close the key of Ridgeway Card CA' }).click();
  await onCard.getByRole('button', { name: 'Open the key of Ridgeway Card CA' }).click();
  const opening = page.getByRole('dialog', { name: 'Open the key of Ridgeway Card CA' });
  await look(page);
  await opening.getByLabel('Card PIN').fill(tokens.pin);
  await opening.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(onCard.getByText(`Its key on card ${ending} is open`, { exact: false })).toBeVisible({ timeout: makingTime });
  await look(page);
  await goTo(page, 'Cards and readers');
  await expect(main.getByRole('heading', { name: 'The key of an authority is on this card.' })).toBeVisible({ timeout: makingTime });
});
