import { expect, type Locator, type Page } from '@playwright/test';

/** Searches the list that is shown, and gives its rows once only those that say the words are left: rows still move while it is typed. */
export async function searchRows(page: Page, words: string): Promise<Locator> {
  const rows = page.getByRole('main').getByRole('row');
  await page.getByRole('main').getByRole('searchbox').fill(words);
  await expect(rows.filter({ hasText: words }).first()).toBeVisible();
  /* The row of headings stays. */
  await expect(rows.filter({ hasNotText: words })).toHaveCount(1);
  return rows.filter({ hasText: words });
}
