import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { runWitness } from '../cli/support/witness-process.ts';
import { look } from './window/look.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

const dialog = (page: Page) => page.getByRole('dialog');

/** As somebody without Keyward runs the program that lies in the folder. */
function verify(folder: string): { readonly status: number | null; readonly stdout: string } {
  const { status, stdout } = spawnSync('python3', [join(folder, 'verify_log.py')], { encoding: 'utf8' });
  return { status, stdout };
}

const folderOf = (saved: string, beginning: string): string =>
  join(saved, readdirSync(saved).find((name) => name.startsWith(beginning)) ?? 'not there');

test('the log, and the entries that are shown, are saved in a folder that verifies them without Keyward', async ({
  openWindow,
  sample,
  saved,
}) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await goTo(page, 'Audit');
  await page.getByRole('button', { name: 'Save for an auditor' }).click();
  await look(page);
  await page.getByRole('button', { name: 'Choose where' }).click();
  await expect(dialog(page).getByText(/^The log is saved, \d+ entries$/)).toBeVisible();
  await look(page);
  const whole = folderOf(saved, 'keyward-log-');
  await expect(dialog(page).getByText(readFileSync(join(whole, 'log-key'), 'utf8').trim())).toBeVisible();
  expect(verify(whole)).toMatchObject({ status: 0, stdout: expect.stringContaining('The log holds') });
  await page.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('main').getByText('Revoked', { exact: true }).click();
  await page.getByRole('button', { name: 'Save for an auditor' }).click();
  await page.getByRole('radio', { name: /with its own proof/ }).check();
  await page.getByRole('button', { name: 'Choose where' }).click();
  await expect(dialog(page).getByText(/saved with (its proof|their proofs)/)).toBeVisible();
  const chosen = folderOf(saved, 'keyward-entries-');
  expect(verify(chosen)).toMatchObject({ status: 0, stdout: expect.stringContaining('chosen entries are in the log') });
  const lines = readFileSync(join(chosen, 'selected/000000000000.jsonl'), 'utf8').trim().split('\n');
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => !/"action":"(certificate|token|authority)\./.test(line))).toEqual([]);
  expect(readdirSync(saved).filter((name) => name.includes('unfinished'))).toEqual([]);
  await page.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'Print the total' }).click();
  await expect.poll(() => readdirSync(saved).filter((name) => /^keyward-.*-\d{12}\.pdf$/.test(name))).toHaveLength(1);
  await page.getByRole('button', { name: 'Compare with a total' }).click();
  await expect(dialog(page).getByRole('button', { name: 'Compare' })).toBeDisabled();
  const total = readFileSync(join(whole, 'checkpoint'), 'utf8');
  await dialog(page).getByRole('textbox', { name: 'The total' }).fill(total.replaceAll(/^/gm, '> '));
  await dialog(page).getByRole('button', { name: 'Compare' }).click();
  await expect(dialog(page).getByText('The log is the one that was counted, and has grown since.')).toBeVisible();
  await look(page);
  await dialog(page).getByRole('textbox', { name: 'The total' }).fill(total.replace(/^\d+$/m, '999999'));
  await dialog(page).getByRole('button', { name: 'Compare' }).click();
  await expect(dialog(page).getByText('The total names this log and is not signed by its key.')).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'Archive old entries' }).click();
  await expect(dialog(page).getByText('Those older than 6 years, as the settings have it.')).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Choose the folder' }).click();
  await dialog(page).getByRole('button', { name: 'Move them' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('old enough');
  await look(page);
  await dialog(page).getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Have it time-stamped' }).click();
  await expect(dialog(page).getByRole('button', { name: 'Ask for it' })).toBeDisabled();
  await look(page);
  await dialog(page).getByRole('button', { name: 'Not now' }).click();

  const witness = await runWitness(readFileSync(join(whole, 'log-key'), 'utf8').trim());
  try {
    await page.getByRole('button', { name: 'Witnesses' }).click();
    await dialog(page).getByRole('button', { name: 'Add a witness' }).click();
    await dialog(page).getByRole('textbox', { name: 'Its key' }).fill(witness.vkey);
    await dialog(page).getByRole('textbox', { name: 'Address' }).fill(witness.url);
    await look(page);
    await dialog(page).getByRole('button', { name: 'Add a witness' }).click();
    await expect(dialog(page).getByText('Has cosigned nothing yet.')).toBeVisible();
    witness.answer(500, 'out of order');
    await dialog(page).getByRole('button', { name: 'Have the log witnessed' }).click();
    await expect(dialog(page).getByRole('alert')).toBeVisible();
    await expect(dialog(page).getByText(/^Has not cosigned since/)).toBeVisible();
    witness.answerAgain();
    await dialog(page).getByRole('button', { name: 'Ask witness.example/w1' }).click();
    await expect(dialog(page).getByText(/^Cosigned the total over \d+ entries, on/)).toBeVisible();
    await look(page);
    await dialog(page).getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText(/^A witness has seen the total over/)).toBeVisible();
  } finally {
    witness.stop();
  }
});
