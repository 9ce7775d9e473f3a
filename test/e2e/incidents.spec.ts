import { readdirSync } from 'node:fs';
import { commandLine } from './window/command-line.ts';
import { look } from './window/look.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

test('an alarm leads from the overview to an incident, which collects an entry and a note, prints and is closed', async ({
  openWindow,
  sample,
  directory,
  saved,
}) => {
  commandLine(sample, directory)('audit', 'policy', 'set', '--failed-sign-ins', '2/60');
  const { page } = await openWindow(sample.workspaceDirectory);
  for (let time = 0; time < 2; time++) {
    await page.getByLabel('Your passphrase').fill(`not it ${time}`);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByRole('alert').first()).toBeVisible();
    await expect(page.getByLabel('Your passphrase')).toHaveValue('');
  }
  await signIn(page, sample.passphrase);
  await page.getByRole('button', { name: 'Look into it: the alarm' }).click();
  await expect(page.getByText('Many sign-ins failed in a short time.')).toBeVisible();
  await look(page);
  await page.getByRole('button', { name: 'Look into it: alarm 1' }).click();
  await page.getByRole('textbox', { name: 'What it is about' }).fill('Somebody guesses at the front desk');
  await page.getByRole('button', { name: 'Open it' }).click();
  await expect(page.getByRole('heading', { name: 'Somebody guesses at the front desk' })).toBeVisible();
  await page.getByRole('button', { name: 'Add a note' }).click();
  await page.getByRole('textbox', { name: 'Add a note' }).fill('It was a new colleague.');
  await page.getByRole('dialog').getByRole('button', { name: 'Add the note' }).click();
  await expect(page.getByText('It was a new colleague.')).toBeVisible();
  await look(page);

  await goTo(page, 'Audit');
  await page.getByRole('gridcell', { name: /^Alarm 1/ }).click();
  await page.getByRole('button', { name: 'Look into this entry' }).click();
  await page.getByRole('combobox', { name: 'Add to' }).click();
  await page.getByRole('option', { name: /front desk/ }).click();
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByRole('button', { name: 'Print the record' }).click();
  await expect.poll(() => readdirSync(saved)).toContain('incident-1.pdf');
  await page.getByRole('button', { name: 'Close the incident' }).click();
  await page.getByRole('textbox', { name: 'Conclusion' }).fill('Nobody got in.');
  await page.getByRole('dialog').getByRole('button', { name: 'Close the incident' }).click();
  await expect(page.getByText(/Nobody got in\.$/)).toBeVisible();
});
