/** Entries that say they were made before one that came before them: the machine's clock was set back. No fault of the log. */
export interface ClockSetBack {
  /** How many entries are earlier than one before them. */
  readonly entries: number;
  /** The first of them, its time, and the latest time before it. */
  readonly index: number;
  readonly time: string;
  readonly before: string;
}

/** What a system's own setting of its clock may do; more is told. Milliseconds. */
const tolerance = 5000;

export interface TimeSpan {
  readonly earliest: string;
  readonly latest: string;
}

export interface ClockCheck {
  /** Takes the leaves in order. */
  add(index: number, leaf: string): void;
  found(): ClockSetBack | undefined;
  /** The earliest and the latest time of the leaves that were taken; undefined for none. */
  span(): TimeSpan | undefined;
}

/** Watches the times of leaves in the form that `isLeaf` takes, which ends in the time. `before`: the latest of the leaves that came before. */
export function watchClock(before = ''): ClockCheck {
  let latest = before;
  let earliest: string | undefined;
  let first: Omit<ClockSetBack, 'entries'> | undefined;
  let entries = 0;
  return {
    add: (index, leaf) => {
      const time = leaf.slice(-38, -14);
      if (earliest === undefined || time < earliest) earliest = time;
      if (time >= latest) {
        latest = time;
        return;
      }
      if (Date.parse(latest) - Date.parse(time) <= tolerance) return;
      entries += 1;
      first ??= { index, time, before: latest };
    },
    found: () => first && { entries, ...first },
    span: () => (earliest === undefined ? undefined : { earliest, latest }),
  };
}
