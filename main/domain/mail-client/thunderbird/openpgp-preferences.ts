import { isOneOf } from '../choose-certificates.ts';
import { isNamedBy, keyIdOf } from '../held-openpgp.ts';
import type { MailIdentity } from '../mail-client.ts';
import {
  chooseOpenPgpKey,
  keptOpenPgpKeys,
  type HeldOpenPgpKey,
  type MailOpenPgpKey,
  type OpenPgpIdentityReading,
  type OpenPgpReading,
  type OpenPgpSetup,
} from '../openpgp-setup.ts';
import type { Unlocked } from '../../openpgp/unlocked.ts';
import { encryptionPolicies, preferenceName, readIdentities, textOf, valueOf, type Preferences } from './identity-preferences.ts';
import type { PreferenceValue } from './preference-file.ts';

/** `e2etechpref`, where an identity has no certificates: it signs with what it has. */
const openPgpTechnology = 2;

/** `openpgp_key_id`: the key in use, by its key ID. `is_gnupg_key_id`: its secret half is in a GnuPG outside of the profile. */
const chosenKey = 'openpgp_key_id';
const isOutside = 'is_gnupg_key_id';

/**
 * What is set for one identity, so that it signs always and encrypts with the person's OpenPGP key. Where it has certificates as
 * well they stay what it uses first: Thunderbird takes the key by itself for whoever has no certificate.
 * @throws AppError client.no-openpgp
 */
export function openPgpPreferences(preferences: Preferences, identity: MailIdentity, setup: OpenPgpSetup): Map<string, PreferenceValue> {
  const hasCertificates = ['signing_cert_name', 'encryption_cert_name'].some((name) => textOf(preferences, identity.key, name) !== '');
  const entries: [string, PreferenceValue][] = [
    [chosenKey, keyIdOf(chooseOpenPgpKey(setup, identity).fingerprint)],
    [isOutside, false],
    ['sign_mail', true],
    ...(setup.encrypt === 'always' ? [['encryptionpolicy', encryptionPolicies.always] as [string, number]] : []),
    ...(hasCertificates ? [] : [['e2etechpref', openPgpTechnology] as [string, number]]),
  ];
  return new Map(entries.map(([name, value]) => [preferenceName(identity.key, name), value]));
}

/** What the profile's key rings say of a key, when asked. */
export interface ProfileKeys {
  held(key: MailOpenPgpKey): HeldOpenPgpKey | undefined;
  hasSecret(key: MailOpenPgpKey): boolean;
  /** How much of the secret half opens by the profile's own password for it. */
  opens(key: MailOpenPgpKey): Unlocked;
  /** Taken for the person's own. */
  isPersonal(key: MailOpenPgpKey): boolean;
  /** Mail to its addresses is encrypted with it. */
  isAccepted(key: MailOpenPgpKey): boolean;
}

/** Reads back how the profile stands for a person's OpenPGP keys. */
export function readOpenPgp(preferences: Preferences, setup: OpenPgpSetup, profile: ProfileKeys): OpenPgpReading {
  const identities = readIdentities(preferences);
  const readings = identities.map((identity) => readIdentity(preferences, setup, profile, identity));
  const isTheirs = ({ identity, key }: OpenPgpIdentityReading): boolean => isOneOf(identity.address, setup.mailboxes) || key !== undefined;
  const serves = (key: MailOpenPgpKey): boolean => {
    const held = profile.held(key);
    return held?.canEncrypt === true && !held.isRevoked && !held.isExpired && profile.isAccepted(key);
  };
  return {
    addresses: identities.map(({ address }) => address),
    identities: readings.filter(isTheirs),
    missingKept: keptOpenPgpKeys(setup).filter((key) => profile.opens(key) === 'nothing'),
    missingRecipients: setup.recipients.filter((key) => !serves(key)),
  };
}

function readIdentity(
  preferences: Preferences,
  { keys }: OpenPgpSetup,
  profile: ProfileKeys,
  identity: MailIdentity,
): OpenPgpIdentityReading {
  const name = textOf(preferences, identity.key, chosenKey);
  const key = keys.find(({ fingerprint }) => isNamedBy(name, fingerprint));
  return {
    identity,
    isChosen: name !== '',
    isElsewhere: valueOf(preferences, identity.key, isOutside) === true,
    key,
    held: key && profile.held(key),
    hasSecret: key !== undefined && profile.hasSecret(key),
    unlocks: key !== undefined && profile.opens(key) === 'everything',
    isAccepted: key !== undefined && profile.isPersonal(key),
    signsByDefault: valueOf(preferences, identity.key, 'sign_mail') === true,
  };
}
