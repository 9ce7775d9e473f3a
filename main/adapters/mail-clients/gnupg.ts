import { createHomeClient, type HomeClientParts } from './at-home/create-home-client.ts';

/** GnuPG itself: whoever uses it (Kleopatra, command lines) finds what is there. */
export const createGnupg = (parts: HomeClientParts) =>
  createHomeClient({ id: 'gnupg', engine: 'gpgsm', executables: ['gpgsm'], openWhile: [] }, parts);
