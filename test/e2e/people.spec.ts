import { handOver } from './window/hand-over.ts';
import { signIn } from './window/sign-in.ts';
import { expect, test } from './window/test.ts';

test('a person is found by two letters and Enter, and their keys are handed over from their page', async ({
  openWindow,
  sample,
  saved,
}) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  await signIn(page, sample.passphrase);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Find anything' })).toBeFocused();
  await page.keyboard.type('ez');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Dr. Ngozi Eze' })).toBeVisible();

  await page.getByRole('button', { name: 'Hand over', exact: true }).click();
  expect(await handOver(page, saved)).toEqual(['n.eze@ridgeway.example', 'n.eze@ridgeway.example']);
  await expect(page.getByRole('main').getByText('Keys handed over as a file')).toBeVisible();
});
