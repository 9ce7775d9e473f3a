import type { Page } from '@playwright/test';
import { goTo, signIn } from './window/sign-in.ts';
import { look } from './window/look.ts';
import { expect, test } from './window/test.ts';

const passphrase = 'four words of her own';
const places = async (page: Page): Promise<string[]> => page.getByRole('navigation', { name: 'Main' }).getByRole('button').allInnerTexts();

/** Adds Ana Reis, who chooses her own passphrase, in this role. */
async function addAna(page: Page, role: string): Promise<void> {
  await goTo(page, 'Operators');
  await page.getByRole('button', { name: 'Add an operator' }).click();
  const who = page.getByRole('dialog', { name: 'Add an operator' });
  await who.getByLabel('Their name').fill('Ana Reis');
  await who.getByRole('radio', { name: new RegExp(`^${role}`) }).check();
  await who.getByRole('button', { name: 'Go on' }).click();
  const chooses = page.getByRole('dialog', { name: 'Let Ana Reis choose a passphrase' });
  await chooses.getByLabel('New passphrase').fill(passphrase);
  await chooses.getByLabel('The same again').fill(passphrase);
  await chooses.getByRole('button', { name: 'Add Ana Reis' }).click();
}

async function putCodeAway(page: Page): Promise<void> {
  const code = page.getByRole('dialog', { name: 'Ana Reis’s recovery code' });
  await expect(code.getByRole('list', { name: 'Recovery code' }).getByRole('listitem')).toHaveCount(8);
  await code.getByRole('button', { name: 'Close' }).click();
  await expect(code.getByText('then tick this box')).toBeVisible();
  await code.getByLabel(/^I have put the code away/).check();
  await code.getByRole('button', { name: 'Done' }).click();
}

async function changeTo(page: Page, name: string, sign: string): Promise<void> {
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'Who is signing in?' })).toBeVisible();
  const who = page.getByRole('combobox', { name: 'Your name' });
  await expect(who).toHaveValue(name === 'Nadia' ? 'Ana Reis' : 'Nadia');
  await who.click();
  await page.getByRole('option', { name }).click();
  await signIn(page, sign);
}

test('a registrar is added with a passphrase of her own, and is offered what her role is for and nothing else', async ({
  openWindow,
  sample,
}) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await addAna(page, 'Registrar');
  await expect(page.getByRole('dialog', { name: 'Ana Reis’s recovery code' })).toBeVisible();
  await look(page);
  await putCodeAway(page);
  await expect(main.getByRole('row').filter({ hasText: 'Ana Reis' })).toContainText('Never');

  await changeTo(page, 'Ana Reis', passphrase);
  await expect(page.getByRole('banner')).toContainText('Registrar');
  expect(await places(page)).not.toContain('Operators');
  await goTo(page, 'Certificates and keys');
  await expect(main.getByRole('button', { name: 'Sign a request' })).toBeVisible();
  await main.getByRole('row').nth(1).click();
  await expect(main.getByRole('button', { name: 'Export' })).toBeVisible();
  await expect(main.getByRole('button', { name: /Revoke/ })).toHaveCount(0);
  await goTo(page, 'Authorities');
  await expect(main.getByRole('button', { name: 'New authority' })).toHaveCount(0);
});

test('another role says what it does before it is given, and ends what the one before opened', async ({ openWindow, sample }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await addAna(page, 'Registrar');
  await putCodeAway(page);
  const row = main.getByRole('row').filter({ hasText: 'Ana Reis' });
  await row.click();
  const dialog = page.getByRole('dialog', { name: 'What Ana Reis may do' });
  await expect(dialog.getByRole('button', { name: 'Change the role' })).toBeDisabled();
  await dialog.getByRole('radio', { name: /^Auditor/ }).check();
  await expect(dialog.getByText('gets new locks')).toBeVisible();
  await look(page);
  await dialog.getByRole('button', { name: 'Change the role' }).click();
  await expect(row).toContainText('Auditor');

  await changeTo(page, 'Ana Reis', passphrase);
  expect(await places(page)).not.toContain('Enrol');
  await expect(main.getByRole('button', { name: 'Enrol' })).toHaveCount(0);
  await goTo(page, 'Operators');
  await expect(page.getByRole('button', { name: 'Add an operator' })).toHaveCount(0);
  await goTo(page, 'Audit');
  await expect(main.getByText('Role of Ana Reis changed from registrar to auditor').first()).toBeVisible();
});

/** Says which of the people Ana is. */
async function sayWho(page: Page, person: string): Promise<void> {
  await page.getByRole('main').getByRole('row').filter({ hasText: 'Ana Reis' }).click();
  await page.getByRole('button', { name: 'Say which person Ana Reis is' }).click();
  const who = page.getByRole('dialog', { name: 'Who is Ana Reis?' });
  await who.getByRole('combobox').fill(person);
  await who.getByRole('option', { name: person }).click();
  await expect(page.getByRole('main').getByRole('row').filter({ hasText: 'Ana Reis' })).toContainText(person);
}

test('staff see their own page and nobody’s, and apply for what a registrar approves; whoever is removed signs in no more', async ({
  openWindow,
  sample,
}) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await addAna(page, 'Staff');
  await putCodeAway(page);
  await main.getByRole('row').filter({ hasText: 'Nadia' }).click();
  await expect(page.getByRole('dialog').getByText('Nobody changes their own role')).toBeVisible();
  await page.keyboard.press('Escape');
  await changeTo(page, 'Ana Reis', passphrase);
  expect(await places(page)).toEqual(['Your keys', 'Cards and readers', 'Authorities']);
  await expect(main.getByText('Nobody has said who you are')).toBeVisible();
  await changeTo(page, 'Nadia', sample.passphrase);
  await goTo(page, 'Operators');
  await sayWho(page, 'Adaeze Okafor');

  await changeTo(page, 'Ana Reis', passphrase);
  await expect(main.getByRole('heading', { name: 'Adaeze Okafor' })).toBeVisible();
  await look(page);
  await main.getByRole('button', { name: 'Apply for something' }).click();
  const apply = page.getByRole('dialog', { name: 'What do you need?' });
  await apply.getByRole('radio', { name: /^New certificates/ }).check();
  await apply.getByLabel('Note for the registrar').fill('Before my leave');
  await look(page);
  await apply.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(main.getByText('Waits for a registrar')).toBeVisible();

  await changeTo(page, 'Nadia', sample.passphrase);
  await goTo(page, 'Overview');
  await main.getByRole('button', { name: /^Approve: .*Adaeze Okafor: new certificates$/ }).click();
  await look(page);
  await page.getByRole('dialog', { name: 'Approve this?' }).getByRole('button', { name: 'Approve' }).click();
  await expect(main.getByRole('button', { name: /^Approve: .*Adaeze/ })).toHaveCount(0);
  await goTo(page, 'Operators');
  await main.getByRole('row').filter({ hasText: 'Ana Reis' }).click();
  await page.getByRole('button', { name: 'Remove Ana Reis' }).click();
  await look(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Remove Ana Reis now' }).click();
  await expect(main.getByRole('row').filter({ hasText: 'Ana Reis' })).toContainText('Removed');
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'Welcome back, Nadia' })).toBeVisible();
});
