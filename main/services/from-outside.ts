import type { CertificateRow } from '../ports/stores/certificates.ts';

/** Stands for a profile where an authority outside has issued by its own. */
export const outsideProfile = 'outside';

/** Whether an authority outside has issued it: nothing made here takes its place. */
export const isFromOutside = ({ profile }: Pick<CertificateRow, 'profile'>): boolean => profile === outsideProfile;
