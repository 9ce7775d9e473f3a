import type { Clock } from '../ports/clock.ts';

/** How fast jobs go, measured since this process took them up. */
export interface JobPace {
  /** `served` more people were settled. */
  advance(jobId: string, served: number): void;
  /** Seconds for that many people at the pace so far; null before the first batch. */
  secondsLeft(jobId: string, people: number): number | null;
  forget(jobId: string): void;
}

export function createJobPace(clock: Clock): JobPace {
  const paces = new Map<string, { readonly since: number; last: number; served: number }>();
  return {
    advance(jobId, served) {
      const now = clock.now().getTime();
      const pace = paces.get(jobId);
      if (pace === undefined) paces.set(jobId, { since: now, last: now, served: 0 });
      else {
        pace.served += served;
        pace.last = now;
      }
    },
    secondsLeft(jobId, people) {
      const pace = paces.get(jobId);
      if (pace === undefined || pace.served === 0) return null;
      return Math.max(0, Math.round(((pace.last - pace.since) / 1000 / pace.served) * people));
    },
    forget: (jobId) => paces.delete(jobId),
  };
}
