import { homedir, tmpdir } from 'node:os';
import type { MailClient } from '../../ports/mail-client.ts';
import { systemHomePlaces } from './at-home/home-places.ts';
import { createClaws } from './claws.ts';
import { createEvolution } from './evolution.ts';
import { createGnupg } from './gnupg.ts';
import { createKmail } from './kmail.ts';
import { createMacosKeychain } from './macos-keychain.ts';
import { createNeomutt } from './neomutt.ts';
import { createNss } from './nss.ts';
import { systemPlaces } from './thunderbird/places.ts';
import { systemStorePlaces } from './system-store/system-store.ts';
import { createThunderbird } from './thunderbird/thunderbird.ts';
import { createWindowsCertificates } from './windows-certificates.ts';

/** The mail programs Keyward sets up on this computer. */
export function mailClients(): readonly MailClient[] {
  const places = systemPlaces(homedir(), process.env, tmpdir());
  const atHome = { places: systemHomePlaces(homedir(), places.temporary) };
  const ofTheSystem = { places: systemStorePlaces(homedir(), process.env, places.temporary) };
  return [
    createThunderbird({ places }),
    createEvolution(atHome),
    createKmail(atHome),
    createClaws(atHome),
    createNeomutt(atHome),
    createGnupg(atHome),
    createNss(atHome),
    createWindowsCertificates(ofTheSystem),
    createMacosKeychain(ofTheSystem),
  ];
}
