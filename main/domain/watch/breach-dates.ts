/** By when a breach is to be told, 45 CFR 164.404 to 164.408. Days, as `2026-03-01`. */
export interface BreachDates {
  /** Each person concerned: without unreasonable delay, and no later than 60 days after discovery (164.404(b)). */
  readonly individuals: string;
  /** The Secretary: with the individuals from 500 people on, otherwise within 60 days after the year's end (164.408). */
  readonly secretary: string;
  /** Prominent media, where more than 500 people of one state are concerned (164.406); null where that cannot be. */
  readonly media: string | null;
}

const day = 86_400_000;
const noticeDays = 60;
const many = 500;

/** `affected` is how many people are concerned, null while nobody knows: then the earlier date holds. */
export function breachDates(discoveredAt: string, affected: number | null): BreachDates {
  const individuals = afterDays(Date.parse(discoveredAt), noticeDays);
  const yearsEnd = Date.UTC(new Date(discoveredAt).getUTCFullYear(), 11, 31);
  const isLarge = affected === null || affected >= many;
  return {
    individuals,
    secretary: isLarge ? individuals : afterDays(yearsEnd, noticeDays),
    media: affected === null || affected > many ? individuals : null,
  };
}

const afterDays = (instant: number, days: number): string => new Date(instant + days * day).toISOString().slice(0, 10);
