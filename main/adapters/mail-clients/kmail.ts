import { kmailSettings } from '../../domain/mail-client/settings/kmail.ts';
import { createHomeClient, type HomeClientParts } from './at-home/create-home-client.ts';

const identities = '.config/emailidentities';

/** KMail: GnuPG's keys, named in the identities of KDE. */
export const createKmail = (parts: HomeClientParts) =>
  createHomeClient(
    {
      id: 'kmail',
      engine: 'gpgsm',
      executables: ['kmail'],
      openWhile: ['kmail', 'kontact'],
      settings: { filesIn: () => [identities], format: kmailSettings, count: 6, named: identities },
    },
    parts,
  );
