import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { look } from './window/look.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

test('another system gets the entries of the log: as a file that grows by itself, and those that are shown at once', async ({
  openWindow,
  sample,
  saved,
}) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await goTo(page, 'Audit');
  await page.getByRole('button', { name: 'Other systems' }).click();
  await page.getByRole('button', { name: 'Add a system' }).click();
  await page.getByRole('textbox', { name: 'What you call it' }).fill('SIEM');
  await look(page);
  await page.getByRole('combobox', { name: 'How it takes entries' }).click();
  await page.getByRole('option', { name: 'A file on this computer' }).click();
  await page.getByRole('button', { name: 'Choose the folder' }).click();
  await page.getByRole('button', { name: 'Add a system' }).click();
  await expect(page.getByRole('region', { name: 'SIEM' })).toBeVisible();
  await look(page);
  const file = join(saved, 'keyward-log.jsonl');
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toContain('"action":"audit.sink-add"');
  await page.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'Save for an auditor' }).click();
  await page.getByRole('radio', { name: /for another system/ }).check();
  await page.getByRole('combobox', { name: 'Format' }).click();
  await page.getByRole('option', { name: 'FHIR AuditEvents (R4)' }).click();
  await page.getByRole('button', { name: 'Choose where' }).click();
  await expect(page.getByText(/entries are saved for another system$/)).toBeVisible();
  const folder = join(saved, readdirSync(saved).find((name) => name.startsWith('keyward-events-')) ?? 'not there');
  const bundle = JSON.parse(readFileSync(join(folder, '000000000000-events.fhir.json'), 'utf8')) as { entry: unknown[] };
  expect(bundle.entry.length).toBeGreaterThan(5);
});
