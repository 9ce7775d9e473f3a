/** How far back the log is shown. */
export const periods = ['week', 'month', 'year', 'all'] as const;
export type Period = (typeof periods)[number];

const days: Readonly<Record<Exclude<Period, 'all'>, number>> = { week: 7, month: 30, year: 365 };

/** The instant a period begins: local midnight, so that it stays the same all day. Undefined: from the beginning. */
export function periodStart(period: Period, now: Date): string | undefined {
  if (period === 'all') return undefined;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days[period] + 1).toISOString();
}
