/**
 * `planned`: asked for. `making`: made, and not yet said to be where it can be picked up; who was killed in between makes it anew.
 * `failed`: it could not be made. `waiting`: to be picked up. `withdrawn`: a newer one took its place.
 */
export const mailPackageStates = ['planned', 'making', 'failed', 'waiting', 'picked-up', 'proved', 'expired', 'withdrawn'] as const;
export type MailPackageState = (typeof mailPackageStates)[number];

/** Days a package waits to be picked up. */
export const packageDays = { least: 1, usual: 14, most: 90 } as const;

/** As many as one delivery may have. */
export const mostPackages = 1000;

/** What still has to be made of a delivery. */
export const isOwed = (state: MailPackageState): boolean => state === 'planned' || state === 'making' || state === 'failed';

/** Made, and in somebody's hands or on the way there: an answer to a test message proves it, once or again. */
export const isAwaited = (state: MailPackageState): boolean => state === 'waiting' || state === 'picked-up' || state === 'proved';

/** How it stands at a moment: one that nobody picked up in time is expired whether or not that was written down. */
export const stateAt = (
  { state, expiresAt }: { readonly state: MailPackageState; readonly expiresAt: string | null },
  now: Date,
): MailPackageState => (state === 'waiting' && expiresAt !== null && expiresAt <= now.toISOString() ? 'expired' : state);

/** The part of a package's id that is on its file and on the slip with its password: the end, because ids made together begin alike. */
export const packageNumber = (id: string): string => id.slice(-8).toUpperCase();

/** Whether two folders on this computer, as it writes them, are neither the same nor one within the other. */
export function lieApart(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => `${path.replaceAll('\\', '/').replace(/\/+$/, '')}/`);
  return a !== undefined && b !== undefined && !a.startsWith(b) && !b.startsWith(a);
}
