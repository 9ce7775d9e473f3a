const usual = [1, 2, 5, 10, 15, 20, 30, 60];

/** What the window offers, with what holds now among it: the command line takes every number in between. */
export const minuteChoices = (present: number): readonly number[] =>
  (usual.includes(present) ? usual : [...usual, present]).toSorted((a, b) => a - b);
