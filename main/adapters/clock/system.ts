import type { Clock } from '../../ports/clock.ts';

/** The machine's own time of day. */
export const systemClock: Clock = { now: () => new Date() };
