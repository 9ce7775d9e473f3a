import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

test('an authority for some mail domains is made, shown under the one that signs it, and chosen to issue', async ({
  openWindow,
  sample,
}) => {
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
});
