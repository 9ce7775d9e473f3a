/** Random numbers from 0 to 1. The seed is printed, so that a failing run can be had again by setting KILL_SEED. */
export function seededRandom(): () => number {
  const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 2 ** 31);
  process.stdout.write(`kill seed: ${seed}\n`);
  return generator(seed);
}

/** A small generator (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
