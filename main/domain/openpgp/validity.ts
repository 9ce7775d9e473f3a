/** For how many days an OpenPGP key is good: two years unless it is said otherwise, and never more than five. */
export const openPgpDays = { default: 730, least: 1, most: 1826 } as const;

const day = 86_400_000;
const second = 1000;

/** When a key begins and ends. OpenPGP counts whole seconds (RFC 9580 section 3.5), so the beginning is cut to one. */
export function openPgpValidity(now: Date, days: number): { readonly createdAt: Date; readonly expiresAt: Date } {
  const createdAt = new Date(Math.floor(now.getTime() / second) * second);
  return { createdAt, expiresAt: new Date(createdAt.getTime() + days * day) };
}
