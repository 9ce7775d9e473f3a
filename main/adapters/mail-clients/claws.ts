import { clawsSettings } from '../../domain/mail-client/settings/claws.ts';
import { createHomeClient, type HomeClientParts } from './at-home/create-home-client.ts';

const accounts = '.claws-mail/accountrc';

/** Claws Mail with its S/MIME plugin: GnuPG's keys, named in its accounts. */
export const createClaws = (parts: HomeClientParts) =>
  createHomeClient(
    {
      id: 'claws',
      engine: 'gpgsm',
      executables: ['claws-mail'],
      openWhile: ['claws-mail'],
      settings: { filesIn: () => [accounts], format: clawsSettings, count: 5, named: accounts },
    },
    parts,
  );
