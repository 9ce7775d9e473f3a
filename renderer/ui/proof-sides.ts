/**
 * On which side of the path each neighbour stands, from the leaf to the root: true where it comes before.
 * RFC 9162 section 2.1.3.2, with the index and size of the tree the proof is for.
 */
export function neighboursBefore(index: number, treeSize: number, count: number): readonly boolean[] {
  const sides: boolean[] = [];
  let [node, last] = [index, treeSize - 1];
  while (sides.length < count) {
    const isBefore = node % 2 === 1 || node === last;
    sides.push(isBefore);
    while (isBefore && node % 2 === 0 && node > 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return sides;
}
