import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { commandLine } from './window/command-line.ts';
import { look } from './window/look.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

const suspected = (page: Page) => page.getByRole('main').getByRole('alert').filter({ hasText: 'an older copy may have been put back' });

test('an old copy that was put back is said on the overview and in the log until somebody explains it, and then stays to be read', async ({
  openWindow,
  sample,
  directory,
}) => {
  const share = join(directory, 'share');
  const older = join(directory, 'older');
  mkdirSync(share);
  const keyward = commandLine(sample, directory);
  keyward('audit', 'checkpoint', '--keep-in', share);
  cpSync(sample.workspaceDirectory, older, { recursive: true });
  for (let time = 0; time < 3; time++) keyward('people', 'list');
  rmSync(sample.workspaceDirectory, { recursive: true });
  renameSync(older, sample.workspaceDirectory);

  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await expect(suspected(page)).toBeVisible();
  await look(page);
  await goTo(page, 'Audit');
  await expect(suspected(page)).toContainText(/counts \d+ entries; the log had \d+/);
  await expect(page.getByRole('main').getByText('The entries that are here add up.')).toBeVisible();
  await page.getByRole('button', { name: 'Explain it' }).click();
  await expect(page.getByRole('button', { name: 'Enter it in the log' })).toBeDisabled();
  await page.getByRole('textbox', { name: 'What happened' }).fill('The disk broke on Monday; the backup of Friday was put back.');
  await look(page);
  await page.getByRole('button', { name: 'Enter it in the log' }).click();
  await expect(page.getByRole('main').getByText('“The disk broke on Monday; the backup of Friday was put back.”')).toBeVisible();
  await expect(suspected(page)).toBeHidden();
  await expect(page.getByRole('main').getByText('The log is complete and unaltered.')).toBeVisible();
  await look(page);
  await goTo(page, 'Overview');
  await expect(suspected(page)).toBeHidden();
});
