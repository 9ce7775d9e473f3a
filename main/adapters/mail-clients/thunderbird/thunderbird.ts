import { chooseCertificates } from '../../../domain/mail-client/choose-certificates.ts';
import type { MailCertificate, MailIdentity, MailReading, MailSetup } from '../../../domain/mail-client/mail-client.ts';
import {
  certificatesInUse,
  identityPreferences,
  readIdentities,
  readSetup,
} from '../../../domain/mail-client/thunderbird/identity-preferences.ts';
import type { MailClient } from '../../../ports/mail-client.ts';
import type { ReplaceFile } from '../change/client-files.ts';
import { createMailClient } from '../change/create-mail-client.ts';
import { runTool, type RunTool } from '../change/run-tool.ts';
import type { KeyEngine } from '../engines/key-engine.ts';
import { openNssDatabase } from '../engines/nss-database.ts';
import { isProfileOpen } from './is-open.ts';
import { programOf, type ThunderbirdPlaces } from './places.ts';
import { effectivePreferences, knownProfiles, profileLayout, writePreferences } from './profile.ts';

export interface ThunderbirdParts {
  readonly places: ThunderbirdPlaces;
  /** Tests let tools and the disk fail; the product never does. */
  readonly run?: RunTool;
  readonly replace?: ReplaceFile;
}

/** Thunderbird: certificates and keys in the profile's NSS database, the rest in its preferences. */
export const createThunderbird = ({ places, run = runTool, replace }: ThunderbirdParts): MailClient =>
  createMailClient(
    {
      id: 'thunderbird',
      keyForm: 'together',
      layout: profileLayout,
      temporary: places.temporary,
      planned: { keys: 'key4.db', certificates: 'cert9.db', trust: 'cert9.db', settings: 'prefs.js' },
      isInstalled: () => programOf(places) !== undefined,
      knownProfiles: () => knownProfiles(places),
      isOpen: isProfileOpen,
      identitiesIn: (profile) => readIdentities(effectivePreferences(profile)),
      countSettings: (setup, identities) => preferencesFor(identities, setup).size,
      openKeys: (bench, password) =>
        openNssDatabase({ directory: bench.directory, tools: places.tools, libraries: programOf(places) }, run, bench, password),
      write: async (directory, identities, setup) => writePreferences(directory, preferencesFor(identities, setup)),
      read,
    },
    replace,
  );

/** @throws AppError client.no-certificate */
const preferencesFor = (identities: readonly MailIdentity[], setup: MailSetup) =>
  new Map(identities.flatMap((identity) => [...identityPreferences(chooseCertificates(setup, identity), setup)]));

async function read(directory: string, setup: MailSetup, keys: KeyEngine): Promise<MailReading> {
  const preferences = effectivePreferences(directory);
  const used = { sign: certificatesInUse(preferences, setup, 'sign'), encrypt: certificatesInUse(preferences, setup, 'encrypt') };
  const present = await chosenBy(new Set([...used.sign, ...used.encrypt]), keys.holds);
  const own = await chosenBy(setup.certificates, keys.hasPrivateKey);
  const accepted = {
    sign: await chosenBy(used.sign, (certificate) => keys.accepts(certificate, 'sign')),
    encrypt: await chosenBy(used.encrypt, (certificate) => keys.accepts(certificate, 'encrypt')),
  };
  return readSetup(preferences, setup, {
    isPresent: (certificate) => present.has(certificate),
    hasPrivateKey: (certificate) => own.has(certificate),
    isAccepted: (certificate, use) => accepted[use].has(certificate),
  });
}

async function chosenBy(
  certificates: Iterable<MailCertificate>,
  holds: (certificate: MailCertificate) => Promise<boolean>,
): Promise<ReadonlySet<MailCertificate>> {
  const chosen = new Set<MailCertificate>();
  for (const certificate of certificates) if (await holds(certificate)) chosen.add(certificate);
  return chosen;
}
