import { readFileSync } from 'node:fs';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

test('a wrong passphrase opens nothing, the right one does, and locking shuts the door at once', async ({ openWindow, sample }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  await expect(page.getByRole('heading', { name: 'Welcome back, Nadia' })).toBeVisible();
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('main').getByText('Type your passphrase.', { exact: true })).toBeVisible();

  await page.getByLabel('Your passphrase').fill('not the passphrase');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByText('That passphrase was not right.')).toBeVisible();
  await expect(page.getByLabel('Your passphrase')).toHaveValue('');
  await expect(page.getByRole('navigation')).toHaveCount(0);

  await signIn(page, sample.passphrase);
  await goTo(page, 'People');
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('main').getByText('Keyward is locked. Your work is as you left it.')).toBeVisible();
  await expect(page.getByText('ridgeway.example')).toHaveCount(0);
  await signIn(page, sample.passphrase);
  await expect(page.getByRole('heading', { name: /, Nadia\./ })).toBeVisible();
});

test('when the core dies the window says so and asks for sign-in, and a new core answers', async ({ openWindow, sample }) => {
  const { page, corePid } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  const before = corePid();
  if (before === undefined) throw new Error('no core runs');
  expect(readFileSync(`/proc/${before}/cmdline`, 'utf8')).toContain('core.js');
  process.kill(before, 'SIGKILL');
  await expect(page.getByRole('main').getByText('Keyward stopped working in the background and was started again.')).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await signIn(page, sample.passphrase);
  await expect(page.getByRole('heading', { name: /, Nadia\./ })).toBeVisible();
  expect(corePid()).not.toBe(before);
});
