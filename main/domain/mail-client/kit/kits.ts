import { androidKit } from './android.ts';
import { appleKit } from './apple.ts';
import { directKit } from './direct.ts';
import { exchangeKit } from './exchange.ts';
import { filesKit } from './files.ts';
import { gatewayKit } from './gateway.ts';
import { gmailKit } from './gmail.ts';
import { intuneKit } from './intune.ts';
import type { MailKit } from './kit.ts';
import { outlookKit } from './outlook.ts';
import { thunderbirdFleetKit } from './thunderbird-fleet.ts';

/** One line each: as people call it, and what it takes. */
const kits = {
  outlook: { name: 'Outlook on Windows', kit: outlookKit('modern') },
  'outlook-older': { name: 'Outlook on Windows older than Windows 10 1809', kit: outlookKit('compatible') },
  'exchange-online': { name: 'Exchange Online', kit: exchangeKit },
  intune: { name: 'Microsoft Intune', kit: intuneKit },
  apple: { name: 'Apple Mail, iPhone and iPad', kit: appleKit },
  gmail: { name: 'Gmail in Google Workspace', kit: gmailKit },
  android: { name: 'FairEmail on Android', kit: androidKit },
  direct: { name: 'Direct (HISP)', kit: directKit },
  gateway: { name: 'S/MIME gateway', kit: gatewayKit },
  'thunderbird-fleet': { name: 'Thunderbird on many computers', kit: thunderbirdFleetKit },
  files: { name: 'Another program', kit: filesKit },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly kit: MailKit }>>;

export type MailKitId = keyof typeof kits;
export const mailKitIds = Object.keys(kits) as readonly MailKitId[];
/** Those with private keys in them: what a person can be handed. */
export const deliverableKitIds = mailKitIds.filter((id) => kits[id].kit.keys !== undefined);
export const mailKitName = (id: MailKitId): string => kits[id].name;
export const mailKit = (id: MailKitId): MailKit => kits[id].kit;
