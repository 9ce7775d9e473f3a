/**
 * What somebody of the practice may apply for (RFC 3647 section 4.1): new certificates in the place of those that end, a card, or their
 * keys in a file for a mail program. A registrar decides.
 */
export const applicationKinds = ['renewal', 'card', 'hand-over'] as const;
export type ApplicationKind = (typeof applicationKinds)[number];

export type ApplicationState = 'filed' | 'approved' | 'refused' | 'withdrawn';
