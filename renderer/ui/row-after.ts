/** The row that has the focus after a key, or undefined for a key that does not move it. `page` is how many rows fit in sight. */
export function rowAfter(key: string, index: number, count: number, page: number): number | undefined {
  if (count === 0) return undefined;
  const within = (row: number) => Math.max(0, Math.min(count - 1, row));
  switch (key) {
    case 'ArrowDown':
      return within(index + 1);
    case 'ArrowUp':
      return within(index - 1);
    case 'PageDown':
      return within(index + page);
    case 'PageUp':
      return within(index - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
