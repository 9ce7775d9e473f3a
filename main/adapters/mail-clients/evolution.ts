import { evolutionSettings } from '../../domain/mail-client/settings/evolution.ts';
import { createHomeClient, type HomeClientParts } from './at-home/create-home-client.ts';
import { filesIn } from './at-home/home-layout.ts';

const sources = '.config/evolution/sources';

/** Evolution: keys in the NSS database all programs of the desktop share, identities in the sources of its data server. */
export const createEvolution = (parts: HomeClientParts) =>
  createHomeClient(
    {
      id: 'evolution',
      engine: 'nss',
      executables: ['evolution'],
      openWhile: ['evolution'],
      settings: {
        filesIn: (home) => filesIn(home, sources).filter((name) => name.endsWith('.source')),
        format: evolutionSettings,
        count: 6,
        named: sources,
      },
    },
    parts,
  );
