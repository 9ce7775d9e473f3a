import { chooseCertificates, identitiesOf, isOneOf, keptCertificates } from './choose-certificates.ts';
import type { IdentityReading, MailCertificate, MailIdentity, MailReading, MailSetup, UseReading } from './mail-client.ts';
import { AppError } from '../errors.ts';
import type { IdentitySettings } from './settings/identity-settings.ts';

/** What a program's certificates say of one of the person's. */
export interface KnownCertificate {
  /** What the program's settings call it; undefined when it is not there. */
  readonly name: string | undefined;
  readonly hasPrivateKey: boolean;
  readonly accepted: Readonly<Record<'sign' | 'encrypt', boolean>>;
}

export type KnownCertificates = ReadonlyMap<MailCertificate, KnownCertificate>;

/** Reads back how settings by name stand for a person. */
export function readNamedSettings(settings: readonly IdentitySettings[], setup: MailSetup, known: KnownCertificates): MailReading {
  const readings = settings.map(({ identity, sign, encrypt, signsByDefault, usesSmime }): IdentityReading => ({
    identity,
    sign: useOf(sign, 'sign', setup, known),
    encrypt: encrypt === null ? ownUse(identity, 'encrypt', setup, known) : useOf(encrypt, 'encrypt', setup, known),
    signsByDefault,
    usesSmime,
  }));
  const isTheirs = ({ identity, sign, encrypt }: IdentityReading): boolean =>
    isOneOf(identity.address, setup.mailboxes) || sign.certificate !== undefined || encrypt.certificate !== undefined;
  return {
    addresses: settings.map(({ identity }) => identity.address),
    identities: readings.filter(isTheirs),
    missingKept: keptCertificates(setup).filter((certificate) => known.get(certificate)?.hasPrivateKey !== true),
  };
}

/** Several certificates of one person can bear one name: the program takes the one that serves, and so do we. */
function useOf(name: string, use: 'sign' | 'encrypt', setup: MailSetup, known: KnownCertificates): UseReading {
  const named = setup.certificates.filter((certificate) => name !== '' && known.get(certificate)?.name === name);
  const certificate = named.find((candidate) => candidate.use === use || candidate.use === 'dual') ?? named[0];
  return { isNamed: name !== '', isChosen: name !== '', certificate, ...standing(certificate, use, known) };
}

function standing(certificate: MailCertificate | undefined, use: 'sign' | 'encrypt', known: KnownCertificates) {
  const found = certificate && known.get(certificate);
  return {
    isPresent: found?.name !== undefined,
    hasPrivateKey: found?.hasPrivateKey === true,
    isAccepted: found?.accepted[use] === true,
  };
}

/** A program that takes by itself what is there: every mailbox is ready once its certificates are. */
export function readBySelf(setup: MailSetup, known: KnownCertificates): MailReading {
  return {
    addresses: setup.mailboxes,
    identities: identitiesOf({ identities: [], isAnybodys: true }, setup.mailboxes).map((identity) => ({
      identity,
      sign: ownUse(identity, 'sign', setup, known),
      encrypt: ownUse(identity, 'encrypt', setup, known),
      signsByDefault: true,
      usesSmime: true,
    })),
    missingKept: keptCertificates(setup).filter((certificate) => known.get(certificate)?.hasPrivateKey !== true),
  };
}

function ownUse(identity: MailIdentity, use: 'sign' | 'encrypt', setup: MailSetup, known: KnownCertificates): UseReading {
  const certificate = chosenOr(setup, identity)?.[use];
  return { isNamed: true, isChosen: certificate !== undefined, certificate, ...standing(certificate, use, known) };
}

function chosenOr(setup: MailSetup, identity: MailIdentity) {
  try {
    return chooseCertificates(setup, identity);
  } catch (error) {
    if (error instanceof AppError && error.code === 'client.no-certificate') return undefined;
    throw error;
  }
}
