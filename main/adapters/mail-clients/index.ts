import { homedir, tmpdir } from 'node:os';
import type { MailClient } from '../../ports/mail-client.ts';
import { systemPlaces } from './thunderbird/places.ts';
import { createThunderbird } from './thunderbird/thunderbird.ts';

/** The mail programs Keyward sets up on this computer. */
export const mailClients = (): readonly MailClient[] => [createThunderbird({ places: systemPlaces(homedir(), process.env, tmpdir()) })];
