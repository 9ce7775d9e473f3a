/**
 * Which line is chosen after a key: arrows step round, Home and End go to the ends, Tab goes to the first line of the
 * next group. Undefined for any other key, or while there is no line.
 */
export function chosenAfter(key: string, isShift: boolean, chosen: number, sizes: readonly number[]): number | undefined {
  const count = sizes.reduce((sum, size) => sum + size, 0);
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return (chosen + 1) % count;
    case 'ArrowUp':
      return (chosen + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'Tab':
      return firstOfNeighbour(chosen, sizes, isShift ? -1 : 1);
    default:
      return undefined;
  }
}

function firstOfNeighbour(chosen: number, sizes: readonly number[], step: 1 | -1): number {
  const firsts = sizes.map((_, group) => sizes.slice(0, group).reduce((sum, size) => sum + size, 0));
  const present = firsts.findLastIndex((first) => first <= chosen);
  return firsts.at((present + step) % firsts.length) ?? 0;
}
