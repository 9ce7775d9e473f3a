import { isOneOf, shownAddresses } from './choose-certificates.ts';
import type { MailFinding, MailFindingCode } from './mail-finding.ts';
import type { HeldOpenPgpKey, MailOpenPgpKey, OpenPgpIdentityReading, OpenPgpReading } from './openpgp-setup.ts';

/**
 * What is wrong with a profile for the OpenPGP keys of the person it was read for. No finding means that mail from each of their
 * identities would be signed, could be encrypted, and that mail to them opens.
 */
export function judgeOpenPgp({ addresses, identities, missingKept, missingRecipients }: OpenPgpReading): readonly MailFinding[] {
  if (identities.length === 0) return [{ code: 'no-identity', detail: shownAddresses(addresses).join(', ') || '-' }];
  return [
    ...identities.flatMap(judgeIdentity),
    ...missingKept.map((key) => findingOn('openpgp-old-mail', key)),
    ...missingRecipients.map((key) => findingOn('openpgp-recipient-missing', key)),
  ];
}

const findingOn = (code: MailFindingCode, { addresses }: MailOpenPgpKey): MailFinding => ({ code, address: addresses[0] ?? '' });

function judgeIdentity(reading: OpenPgpIdentityReading): MailFinding[] {
  const { address } = reading.identity;
  const code = inTheWay(reading);
  return [
    ...(code === undefined ? [] : [{ code, address }]),
    ...(reading.signsByDefault ? [] : [{ code: 'not-signing', address } as const]),
  ];
}

/** The first thing in the way: what comes after it could not be told apart from it. */
function inTheWay({ identity, isChosen, isElsewhere, key, held, ...reading }: OpenPgpIdentityReading): MailFindingCode | undefined {
  if (!isChosen) return 'openpgp-nothing-chosen';
  if (key === undefined) return 'openpgp-other-key';
  if (isElsewhere) return 'openpgp-elsewhere';
  if (!isOneOf(identity.address, key.addresses)) return 'openpgp-wrong-address';
  if (held === undefined) return 'openpgp-key-missing';
  if (!reading.hasSecret) return 'openpgp-secret-missing';
  if (!reading.unlocks) return 'openpgp-locked';
  if (!reading.isAccepted) return 'openpgp-not-accepted';
  return judgeKey(key, held);
}

function judgeKey(
  { isCurrent }: MailOpenPgpKey,
  { isRevoked, isExpired, canSign, canEncrypt }: HeldOpenPgpKey,
): MailFindingCode | undefined {
  if (isRevoked) return 'openpgp-revoked';
  if (!isCurrent) return 'openpgp-superseded';
  if (isExpired) return 'openpgp-expired';
  return canSign && canEncrypt ? undefined : 'openpgp-unfit';
}
