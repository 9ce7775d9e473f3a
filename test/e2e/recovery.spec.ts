import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { commandLine } from './window/command-line.ts';
import { look } from './window/look.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

const passphrase = 'six words that Ben made up';

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Your name' }).click();
  await page.getByRole('option', { name }).click();
}

async function changeTo(page: Page, name: string, sign: string): Promise<void> {
  await page.keyboard.press('Control+l');
  await choose(page, name);
  await signIn(page, sign);
}

test('somebody’s keys are asked for by one officer, approved by another, and taken once', async ({
  openWindow,
  sample,
  directory,
  saved,
}) => {
  const keyward = commandLine(sample, directory);
  const { people } = keyward('people', 'list') as { people: { id: string }[] };
  const file = join(directory, 'his');
  writeFileSync(file, `${passphrase}\n`, { mode: 0o600 });
  keyward(
    'operator',
    'add',
    'Ben',
    '--role',
    'security-officer',
    '--new-passphrase-file',
    file,
    '--recovery-code-file',
    join(directory, 'code'),
  );
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await choose(page, 'Nadia');
  await signIn(page, sample.passphrase);
  await goTo(page, 'Recovery');
  await main.getByRole('button', { name: 'Recover somebody’s keys' }).click();
  const ask = page.getByRole('dialog', { name: 'Recover somebody’s keys' });
  await ask.getByLabel('Whose keys').fill(people[0]?.id ?? '');
  await ask.getByLabel('Who is handed them').fill('Dr. Lee');
  await ask.getByLabel('Why').fill('Her letters are part of the record');
  await look(page);
  await ask.getByRole('button', { name: 'Ask for them' }).click();
  await expect(main.getByText('Waits for another officer')).toBeVisible();

  await changeTo(page, 'Ben', passphrase);
  await goTo(page, 'Recovery');
  await main.getByRole('button', { name: /^Approve:/ }).click();
  await look(page);
  await page.getByRole('dialog', { name: 'Lend your share for this?' }).getByRole('button', { name: 'Approve' }).click();
  await expect(main.getByText('Approved by Ben')).toBeVisible();

  await changeTo(page, 'Nadia', sample.passphrase);
  await goTo(page, 'Recovery');
  await main.getByRole('button', { name: /^Take the keys:/ }).click();
  const take = page.getByRole('dialog', { name: /^Recovered keys of/ });
  await take.getByRole('button', { name: 'Take the keys' }).click();
  await expect(take.getByRole('button', { name: 'Save the file' })).toBeVisible({ timeout: 60_000 });
  await look(page);
  await take.getByRole('button', { name: 'Save the file' }).click();
  await expect.poll(() => readdirSync(saved).filter((name) => name.endsWith('.p12'))).toHaveLength(1);
});
