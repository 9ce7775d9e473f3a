/** Whether one letter put in, left out or replaced, or two neighbours swapped, makes one text the other. Not for equal texts. */
export function isOneEditApart(one: string, other: string): boolean {
  const [shorter, longer] = [Array.from(one), Array.from(other)].sort((a, b) => a.length - b.length);
  if (shorter === undefined || longer === undefined || longer.length - shorter.length > 1 || one === other) return false;
  let start = 0;
  while (start < shorter.length && shorter[start] === longer[start]) start += 1;
  let end = 0;
  while (end < shorter.length - start && shorter.at(-1 - end) === longer.at(-1 - end)) end += 1;
  const left = shorter.slice(start, shorter.length - end);
  const right = longer.slice(start, longer.length - end);
  if (right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
