import { isOneOf, shownAddresses } from './choose-certificates.ts';
import type { IdentityReading, MailCertificate, MailReading, UseReading } from './mail-client.ts';
import type { MailFinding, MailFindingCode } from './mail-finding.ts';

/**
 * What is wrong with a profile for the person it was read for. No finding means that mail from each of their identities
 * would be signed, could be encrypted, and that mail to them opens: a profile is ready only then.
 */
export function judgeReading(reading: MailReading): readonly MailFinding[] {
  if (reading.identities.length === 0) return [{ code: 'no-identity', detail: shownAddresses(reading.addresses).join(', ') || '-' }];
  const old = reading.missingKept.map(({ emails }): MailFinding => ({ code: 'old-mail', address: emails[0] ?? '' }));
  const missing = (reading.missingRecipients ?? []).map(({ emails }): MailFinding => ({
    code: 'recipient-missing',
    address: emails[0] ?? '',
  }));
  return [...reading.identities.flatMap(judgeIdentity), ...old, ...missing];
}

function judgeIdentity(reading: IdentityReading): MailFinding[] {
  const { address } = reading.identity;
  const uses = (['sign', 'encrypt'] as const).flatMap((use) => {
    const code = judgeUse(reading[use], address);
    return code === undefined ? [] : [{ code, address, use }];
  });
  return [
    ...uses,
    ...(reading.signsByDefault ? [] : [{ code: 'not-signing', address } as const]),
    ...(reading.usesSmime ? [] : [{ code: 'other-technology', address } as const]),
  ];
}

/** The first thing in the way: what comes after it could not be told apart from it. */
function judgeUse(use: UseReading, address: string): MailFindingCode | undefined {
  if (!use.isChosen) return 'nothing-chosen';
  if (!use.isNamed) return 'no-name';
  if (use.certificate === undefined) return 'other-certificate';
  if (!isOneOf(address, use.certificate.emails)) return 'wrong-address';
  if (!use.isPresent) return 'certificate-missing';
  if (!use.hasPrivateKey) return 'key-missing';
  return judgeCertificate(use.certificate) ?? (use.isAccepted ? undefined : 'not-accepted');
}

function judgeCertificate({ status, isCurrent }: MailCertificate): MailFindingCode | undefined {
  if (status !== 'valid') return status;
  return isCurrent ? undefined : 'superseded';
}
