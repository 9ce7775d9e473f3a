/** Under every technology's limit of parameters to a statement. */
const longest = 512;

/**
 * Reads what belongs to many ids with a few statements. A list is filled up to a power of two by repeating its last id:
 * then statements come in few lengths, and stay prepared.
 */
export async function byIds<Row>(ids: readonly string[], read: (some: readonly string[]) => Promise<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  const distinct = [...new Set(ids)];
  for (let from = 0; from < distinct.length; from += longest) rows.push(...(await read(filledUp(distinct.slice(from, from + longest)))));
  return rows;
}

/** The ids with the last one repeated up to a power of two. */
export function filledUp(ids: readonly string[]): readonly string[] {
  const last = ids.at(-1);
  const length = 2 ** Math.ceil(Math.log2(Math.max(ids.length, 1)));
  return last === undefined ? [] : Array.from({ length }, (_, at) => ids[at] ?? last);
}
