import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { goTo, signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

const changed = 5;

/** One byte of one entry, by somebody who has the file and no key. */
function changeByteOf(workspaceDirectory: string, index: number): void {
  const database = new DatabaseSync(join(workspaceDirectory, 'keyward.db'));
  const { leaf } = database.prepare('select leaf from auditLeaf where "index" = ?').get(index) ?? {};
  if (typeof leaf !== 'string') throw new Error(`the log has no entry ${index}`);
  const forged = leaf.replace(/(\d)Z"/, (_, digit: string) => `${(Number(digit) + 1) % 10}Z"`);
  expect(forged).not.toBe(leaf);
  database.prepare('update auditLeaf set leaf = ? where "index" = ?').run(forged, index);
  database.close();
}

test('the log holds, and says from which entry on it does not once a byte was changed', async ({ openWindow, sample }) => {
  const before = await openWindow(sample.workspaceDirectory);
  await signIn(before.page, sample.passphrase);
  await goTo(before.page, 'Audit');
  await expect(before.page.getByRole('main').getByText('The log is complete and unaltered.')).toBeVisible();
  await before.close();

  changeByteOf(sample.workspaceDirectory, changed);
  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await goTo(page, 'Audit');
  const alert = page.getByRole('main').getByRole('alert').filter({ hasText: 'from entry' });
  await expect(alert).toContainText(`The log does not add up from entry ${changed} on.`);
  await expect(alert).toContainText('Stop, change nothing, and call your auditor.');
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(alert).toContainText(`from entry ${changed} on`);
});
