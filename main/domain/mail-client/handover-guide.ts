import { deliverableKitIds, mailKitName, type MailKitId } from './kit/kits.ts';
import { mailClientIds, mailClientNames, type MailClientId } from './mail-client.ts';

/** Programs in which something is to be done by hand, and what is said where nothing is known of the program. */
export const handoverGuides = [
  'usual',
  'outlook',
  'apple',
  'android',
  'thunderbird',
  'evolution',
  'kleopatra',
  'gmail',
  'managed',
] as const;
export type HandoverGuide = (typeof handoverGuides)[number];

/** The program a guide is about, by a name that is the same in every language. */
const programs: Readonly<Record<Exclude<HandoverGuide, 'usual'>, string>> = {
  outlook: 'Outlook',
  apple: 'Apple Mail',
  android: 'FairEmail',
  thunderbird: 'Thunderbird',
  evolution: 'Evolution',
  kleopatra: 'Kleopatra',
  gmail: 'Gmail',
  managed: 'Outlook',
};

/** A program somebody reads mail with, wherever that is. */
export type HandoverClient = MailKitId | MailClientId;

/** Those keys can be handed to: set up on this computer, or by files. */
export const mailProgramIds: readonly HandoverClient[] = [...mailClientIds, ...deliverableKitIds];

const guides: Readonly<Record<HandoverClient, HandoverGuide>> = {
  outlook: 'outlook',
  'outlook-older': 'outlook',
  'exchange-online': 'managed',
  intune: 'managed',
  apple: 'apple',
  gmail: 'gmail',
  android: 'android',
  direct: 'usual',
  gateway: 'usual',
  files: 'usual',
  'thunderbird-fleet': 'usual',
  thunderbird: 'thunderbird',
  evolution: 'evolution',
  kmail: 'kleopatra',
  claws: 'kleopatra',
  neomutt: 'usual',
  gnupg: 'kleopatra',
  nss: 'usual',
  'windows-certificates': 'outlook',
  'macos-keychain': 'apple',
};

/** What its owner has to do in a program, and the program as it is called; without a name where the guide is about any. */
export function guideFor(client: HandoverClient | undefined): { readonly guide: HandoverGuide; readonly program?: string } {
  const guide = client === undefined ? 'usual' : guides[client];
  return guide === 'usual' ? { guide } : { guide, program: programs[guide] };
}

/** As people call it. */
export const handoverProgramName = (client: HandoverClient): string => (isKit(client) ? mailKitName(client) : mailClientNames[client]);

const isKit = (client: HandoverClient): client is MailKitId => !(client in mailClientNames);
