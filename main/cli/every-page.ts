/** All rows of a paged list, page by page. */
export async function everyPage<T>(
  page: (after: string | undefined) => Promise<{ readonly rows: readonly T[]; readonly next?: string | undefined }>,
): Promise<T[]> {
  const rows: T[] = [];
  let after: string | undefined;
  do {
    const { rows: more, next } = await page(after);
    rows.push(...more);
    after = next;
  } while (after !== undefined);
  return rows;
}
