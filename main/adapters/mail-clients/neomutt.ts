import { neomuttSettings } from '../../domain/mail-client/settings/neomutt.ts';
import { createHomeClient, type HomeClientParts } from './at-home/create-home-client.ts';

/** It reads the first of these that is there. */
const files = ['.config/neomutt/neomuttrc', '.neomuttrc'];

/** NeoMutt by GPGME: GnuPG's keys, named in its settings. */
export const createNeomutt = (parts: HomeClientParts) =>
  createHomeClient(
    {
      id: 'neomutt',
      engine: 'gpgsm',
      executables: ['neomutt'],
      openWhile: ['neomutt'],
      settings: { filesIn: () => files, format: neomuttSettings, count: 8, named: 'neomuttrc' },
    },
    parts,
  );
