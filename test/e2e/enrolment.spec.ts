import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { choose } from './window/files.ts';
import { handOver } from './window/hand-over.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

const staffWithMistakes = resolve(import.meta.dirname, '../../resources/sample-practice/staff-with-mistakes.csv');

test('a staff list is checked row by row, repaired, issued, and handed over', async ({ openWindow, sample, saved }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await goTo(page, 'Enrol');
  await choose(page, 'Choose a staff list', staffWithMistakes);

  await expect(main.getByText('staff-with-mistakes.csv · 48 rows, separated by semicolons, UTF-8')).toBeVisible();
  await expect(main.getByText('3 need a fix')).toBeVisible();
  await expect(main.getByText('2 skipped')).toBeVisible();
  await expect(main.getByText('The address has no @. Did you mean olena.shevchenko@ridgeway.example?')).toBeVisible();
  await expect(main.getByText('Row 4, Lena Wiśniewska, has the same address. Each person needs one of their own.')).toBeVisible();
  await main.getByRole('button', { name: 'Use this: olena.shevchenko@ridgeway.example in row 7' }).click();
  await expect(main.getByText('2 need a fix')).toBeVisible();
  await main.getByRole('button', { name: 'Issue for 44 people' }).click();

  await expect(page.getByRole('heading', { name: '44 people are ready for hand-over' })).toBeVisible({ timeout: 60_000 });
  await expect(main.getByText('2 rows were left out.')).toBeVisible();
  await expect(main.getByText(/^Saved as /)).toBeVisible();
  const leftOut = /^Saved as (.+?\.csv)\./.exec(await main.getByText(/^Saved as /).innerText())?.[1] ?? '';
  expect(readFileSync(leftOut, 'utf8')).toContain('Łukasz Wiśniewski');
  expect(readFileSync(leftOut, 'utf8')).not.toContain('Grace');

  await main.getByRole('button', { name: 'Hand over to Søren Kjærgaard' }).click();
  expect(await handOver(page, saved)).toEqual(['s.kjaergaard@ridgeway.example', 's.kjaergaard@ridgeway.example']);
});

const unreadable = [
  { what: 'an empty file', content: '', words: 'There is nothing in this file.' },
  { what: 'a list without addresses', content: 'name,department\nGrace O’Connell,Reception\n', words: 'This staff list cannot be read' },
] as const;

for (const { what, content, words } of unreadable) {
  test(`${what} is refused in words, and nothing has happened`, async ({ openWindow, sample, directory }) => {
    const file = join(directory, 'staff.csv');
    writeFileSync(file, content);
    const { page } = await openWindow(sample.workspaceDirectory);
    await signIn(page, sample.passphrase);
    await goTo(page, 'Enrol');
    await choose(page, 'Choose a staff list', file);
    await expect(page.getByRole('main').getByText(words)).toBeVisible();
    await expect(page.getByRole('button', { name: /^Issue for/ })).toHaveCount(0);
    await goTo(page, 'People');
    await expect(page.getByRole('main').getByText(/^25 people\./)).toBeVisible();
  });
}
