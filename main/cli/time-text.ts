/** An RFC 3339 instant of UTC as people read it, to the second; for a column that says so. */
export const timeText = (instant: string): string => instant.slice(0, 19).replace('T', ' ');
