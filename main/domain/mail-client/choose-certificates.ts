import { AppError } from '../errors.ts';
import { mailboxKey } from '../people/mailbox-key.ts';
import type { ChosenCertificates, MailCertificate, MailIdentity, MailSetup, Senders } from './mail-client.ts';

/** Foreign text as it is compared with a mailbox; what is no address at all is like no mailbox. */
function keyOfAddress(address: string): string | undefined {
  try {
    return mailboxKey(address);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** Whether an address is one of these mailboxes. */
export function isOneOf(address: string, mailboxes: readonly string[]): boolean {
  const key = keyOfAddress(address);
  return key !== undefined && mailboxes.some((mailbox) => keyOfAddress(mailbox) === key);
}

/** How many addresses of a profile are named at most. */
const mostShown = 20;

/** What of a profile's addresses can be shown to a person: what is no address is foreign text. */
export const shownAddresses = (addresses: readonly string[]): readonly string[] =>
  addresses.filter((address) => keyOfAddress(address) !== undefined).slice(0, mostShown);

/** The identities that send as one of the person's mailboxes. */
export const identitiesOf = ({ identities, isAnybodys }: Senders, mailboxes: readonly string[]): readonly MailIdentity[] =>
  isAnybodys === true
    ? mailboxes.map((address) => ({ key: address, address }))
    : identities.filter(({ address }) => isOneOf(address, mailboxes));

/**
 * The certificates in use that are good now and name the identity's address: one that signs, one that decrypts.
 * @throws AppError client.no-certificate with details {address, use}
 */
export function chooseCertificates(setup: MailSetup, identity: MailIdentity): ChosenCertificates {
  const find = (use: 'sign' | 'encrypt'): MailCertificate => {
    const found = setup.certificates.find(
      (certificate) =>
        certificate.isCurrent &&
        certificate.status === 'valid' &&
        serves(certificate, use) &&
        isOneOf(identity.address, certificate.emails),
    );
    if (found === undefined)
      throw new AppError('client.no-certificate', `They have no certificate in use to ${use} that names ${identity.address}.`, {
        address: identity.address,
        use,
      });
    return found;
  };
  return { identity, sign: find('sign'), encrypt: find('encrypt') };
}

const serves = ({ use }: MailCertificate, wanted: 'sign' | 'encrypt'): boolean => use === wanted || use === 'dual';

/** Older certificates whose keys open old mail, whatever became of them since. */
export const keptCertificates = ({ certificates }: MailSetup): readonly MailCertificate[] =>
  certificates.filter((certificate) => !certificate.isCurrent && serves(certificate, 'encrypt'));
