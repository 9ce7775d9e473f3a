import { isOneOf, keptCertificates } from '../choose-certificates.ts';
import type {
  ChosenCertificates,
  IdentityReading,
  MailCertificate,
  MailIdentity,
  MailReading,
  MailSetup,
  UseReading,
} from '../mail-client.ts';
import { certificateKey, isCertificateKey } from './certificate-key.ts';
import type { PreferenceValue } from './preference-file.ts';

export type Preferences = ReadonlyMap<string, PreferenceValue>;

/** `e2etechpref`: which technology an identity uses where it has both. */
const smimeTechnology = 1;

/** `encryptionpolicy`: only when the writer asks; always, and then a mail that cannot be encrypted is not sent. */
export const encryptionPolicies = { ask: 0, always: 2 } as const;

export const preferenceName = (identity: string, name: string): string => `mail.identity.${identity}.${name}`;

/** The identities of a profile: everything with an address. */
export function readIdentities(preferences: Preferences): MailIdentity[] {
  return [...preferences].flatMap(([name, address]) => {
    const key = /^mail\.identity\.([\w-]{1,64})\.useremail$/.exec(name)?.[1];
    return key === undefined || key === 'default' || typeof address !== 'string' || address === '' ? [] : [{ key, address }];
  });
}

/** What is set for one identity, so that it signs always and encrypts with the person's certificates. */
export function identityPreferences({ identity, sign, encrypt }: ChosenCertificates, setup: MailSetup): Map<string, PreferenceValue> {
  const entries: [string, PreferenceValue][] = [
    ['signing_cert_name', displayName(sign)],
    ['signing_cert_dbkey', certificateKey(sign.der)],
    ['encryption_cert_name', displayName(encrypt)],
    ['encryption_cert_dbkey', certificateKey(encrypt.der)],
    ['sign_mail', true],
    ['encryptionpolicy', encryptionPolicies[setup.encrypt]],
    ['e2etechpref', smimeTechnology],
  ];
  return new Map(entries.map(([name, value]) => [preferenceName(identity.key, name), value]));
}

/** What the settings of the account show. Thunderbird takes no certificate that has no name. */
const displayName = ({ emails, id }: MailCertificate): string => emails[0] ?? id;

/** What the profile's certificates say of one of the person's, when asked. */
export interface ProfileCertificates {
  isPresent(certificate: MailCertificate): boolean;
  hasPrivateKey(certificate: MailCertificate): boolean;
  isAccepted(certificate: MailCertificate, use: 'sign' | 'encrypt'): boolean;
}

/** The person's certificates that the profile's identities use, as far as the preferences tell. */
export function certificatesInUse(preferences: Preferences, setup: MailSetup, use: 'sign' | 'encrypt'): readonly MailCertificate[] {
  const keys = readIdentities(preferences).map(({ key }) => textOf(preferences, key, `${prefixes[use]}_cert_dbkey`));
  return setup.certificates.filter(({ der }) => keys.some((key) => isCertificateKey(key, der)));
}

/** How Thunderbird's names for the uses begin. */
const prefixes = { sign: 'signing', encrypt: 'encryption' } as const;

/** Reads back how the profile stands for a person. */
export function readSetup(preferences: Preferences, setup: MailSetup, profile: ProfileCertificates): MailReading {
  const identities = readIdentities(preferences);
  const readings = identities.map((identity) => readIdentity(preferences, setup, profile, identity));
  const isTheirs = ({ identity, sign, encrypt }: IdentityReading): boolean =>
    isOneOf(identity.address, setup.mailboxes) || sign.certificate !== undefined || encrypt.certificate !== undefined;
  return {
    addresses: identities.map(({ address }) => address),
    identities: readings.filter(isTheirs),
    missingKept: keptCertificates(setup).filter((certificate) => !profile.hasPrivateKey(certificate)),
  };
}

function readIdentity(preferences: Preferences, setup: MailSetup, profile: ProfileCertificates, identity: MailIdentity): IdentityReading {
  const read = (use: 'sign' | 'encrypt'): UseReading => {
    const key = textOf(preferences, identity.key, `${prefixes[use]}_cert_dbkey`);
    const certificate = setup.certificates.find(({ der }) => isCertificateKey(key, der));
    return {
      isNamed: textOf(preferences, identity.key, `${prefixes[use]}_cert_name`) !== '',
      isChosen: key !== '',
      certificate,
      isPresent: certificate !== undefined && profile.isPresent(certificate),
      hasPrivateKey: certificate !== undefined && profile.hasPrivateKey(certificate),
      isAccepted: certificate !== undefined && profile.isAccepted(certificate, use),
    };
  };
  return {
    identity,
    sign: read('sign'),
    encrypt: read('encrypt'),
    signsByDefault: valueOf(preferences, identity.key, 'sign_mail') === true,
    usesSmime: valueOf(preferences, identity.key, 'e2etechpref') === smimeTechnology,
  };
}

/** An identity's own value, or the one for all identities that have none. */
export const valueOf = (preferences: Preferences, identity: string, name: string): PreferenceValue | undefined =>
  preferences.get(preferenceName(identity, name)) ?? preferences.get(preferenceName('default', name));

export function textOf(preferences: Preferences, identity: string, name: string): string {
  const value = valueOf(preferences, identity, name);
  return typeof value === 'string' ? value : '';
}
