/**
 * Acts that a practice may want two people for: another authority or another key of one, taking many certificates away at once, and who
 * may do what. Opening the escrow has its own way and is always for two.
 */
export const fourEyesActs = ['authority', 'bulk-revocation', 'operators'] as const;
export type FourEyesAct = (typeof fourEyesActs)[number];

/** What a call asks a second person for; `policy` is asked as soon as anything else is, so that nobody turns it off alone. */
export type SecondPersonFor = FourEyesAct | 'policy';

/** So many certificates in one call are revoked by one person alone: a lost card, or somebody who leaves, must not wait. */
export const revokedAlone = 10;

/** Whether the policy asks for a second person. */
export const isAskedFor = (act: SecondPersonFor, chosen: readonly FourEyesAct[]): boolean =>
  act === 'policy' ? chosen.length > 0 : chosen.includes(act);
