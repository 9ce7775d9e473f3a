import { existsSync } from 'node:fs';
import { utf8Decode, utf8Encode } from '../../../domain/encoding/utf8.ts';
import { chooseCertificates } from '../../../domain/mail-client/choose-certificates.ts';
import type { MailCard, MailCertificate, MailIdentity, MailReading, MailSetup } from '../../../domain/mail-client/mail-client.ts';
import {
  certificatesInUse,
  identityPreferences,
  readIdentities,
  readSetup,
} from '../../../domain/mail-client/thunderbird/identity-preferences.ts';
import { driversIn, librariesOf, listsDriver, withDrivers } from '../../../domain/mail-client/thunderbird/driver-list.ts';
import type { MailClient } from '../../../ports/mail-client.ts';
import type { ReplaceFile } from '../change/client-files.ts';
import { createMailClient } from '../change/create-mail-client.ts';
import { runTool, type RunTool } from '../change/run-tool.ts';
import type { KeyEngine } from '../engines/key-engine.ts';
import { openNssDatabase } from '../engines/nss-database.ts';
import { isProfileOpen } from './is-open.ts';
import { thunderbirdOpenPgp } from './openpgp.ts';
import { programOf, type ThunderbirdPlaces } from './places.ts';
import { effectivePreferences, knownProfiles, profileLayout, writePreferences } from './profile.ts';

export interface ThunderbirdParts {
  readonly places: ThunderbirdPlaces;
  /** Tests let tools and the disk fail; the product never does. */
  readonly run?: RunTool;
  readonly replace?: ReplaceFile;
}

/** Thunderbird: certificates and keys in the profile's NSS database, OpenPGP keys in its key rings, the rest in its preferences. */
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
      write: async (directory, identities, setup, keys) => {
        await leaveToCards(setup, keys);
        writePreferences(directory, preferencesFor(identities, setup));
      },
      read,
      openPgp: thunderbirdOpenPgp({ places, run }),
      withCards: (withheld, setup) => utf8Encode(withDrivers(utf8Decode(withheld) ?? '', librariesOf(setup))),
    },
    replace,
  );

/** @throws AppError client.no-certificate */
const preferencesFor = (identities: readonly MailIdentity[], setup: MailSetup) =>
  new Map(identities.flatMap((identity) => [...identityPreferences(chooseCertificates(setup, identity), setup)]));

async function read(directory: string, setup: MailSetup, keys: KeyEngine, withheld: Uint8Array | undefined): Promise<MailReading> {
  const preferences = effectivePreferences(directory);
  const used = { sign: certificatesInUse(preferences, setup, 'sign'), encrypt: certificatesInUse(preferences, setup, 'encrypt') };
  const held = await chosenBy(new Set([...used.sign, ...used.encrypt]), keys.holds);
  const drivers = withheld === undefined ? '' : (utf8Decode(withheld) ?? '');
  const own = await chosenBy(setup.certificates, async (certificate) =>
    certificate.card === undefined ? keys.hasPrivateKey(certificate) : !held.has(certificate) && findsCard(drivers, certificate.card),
  );
  const accepted = {
    sign: await chosenBy(used.sign, (certificate) => accepts(keys, certificate, 'sign')),
    encrypt: await chosenBy(used.encrypt, (certificate) => accepts(keys, certificate, 'encrypt')),
  };
  return readSetup(preferences, setup, {
    isPresent: (certificate) => certificate.card !== undefined || held.has(certificate),
    hasPrivateKey: (certificate) => own.has(certificate),
    isAccepted: (certificate, use) => accepted[use].has(certificate),
  });
}

/** Thunderbird looks for a key beside the certificate it finds first: what is on a card must not stand in the profile as well. */
async function leaveToCards({ certificates }: MailSetup, keys: KeyEngine): Promise<void> {
  for (const certificate of certificates)
    if (certificate.card !== undefined && (await keys.holds(certificate))) await keys.forget?.(certificate);
}

/** One that is on a card is judged by the authorities of the profile, for which it is put there for the moment. */
async function accepts(keys: KeyEngine, certificate: MailCertificate, use: 'sign' | 'encrypt'): Promise<boolean> {
  if (certificate.card === undefined || (await keys.holds(certificate))) return keys.accepts(certificate, use);
  await keys.addIssuer({ der: certificate.der, label: certificate.id, isRoot: false });
  const isAccepted = await keys.accepts(certificate, use);
  await keys.forget?.(certificate);
  return isAccepted;
}

/** The program opens the card by its module; while the card is not there, by any it has that is on this computer. */
const findsCard = (drivers: string, { library }: MailCard): boolean =>
  library === undefined ? driversIn(drivers).some((path) => existsSync(path)) : listsDriver(drivers, library);

async function chosenBy(
  certificates: Iterable<MailCertificate>,
  holds: (certificate: MailCertificate) => Promise<boolean>,
): Promise<ReadonlySet<MailCertificate>> {
  const chosen = new Set<MailCertificate>();
  for (const certificate of certificates) if (await holds(certificate)) chosen.add(certificate);
  return chosen;
}
