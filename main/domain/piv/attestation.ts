import { readDer } from '../asn1/der-reader.ts';
import { isSameOctets } from '../encoding/octets.ts';
import { AppError } from '../errors.ts';
import { readCertificate, type Certificate } from '../x509/read-certificate.ts';
import { isSignedBy } from '../x509/signed-by.ts';
import type { SignaturePrimitives } from '../x509/signature-primitives.ts';

/** What a card says of a key it has made: certificates, DER. */
export interface Attestation {
  /** Of the key, signed by the card. */
  readonly statement: Uint8Array;
  /** Of the card's attestation key (slot F9), signed by its maker. */
  readonly device: Uint8Array;
}

/** A statement of a maker nobody here knows says nothing, and is no fault of the card. */
export type AttestationVerdict = AttestedKey | 'unknown-maker';

/** What a statement that holds says (Yubico's PIV attestation, extensions under 1.3.6.1.4.1.41482.3). */
export interface AttestedKey {
  /** `5.7.4`; empty where it does not say. */
  readonly firmware: string;
  /** Printed on the card; null where it does not say. */
  readonly serialNumber: number | null;
  /** When the card asks for its PIN, and for a touch. */
  readonly pinPolicy: 'never' | 'once' | 'always' | 'unknown';
  readonly touchPolicy: 'never' | 'always' | 'cached' | 'unknown';
  readonly formFactor: string;
}

/** What is known of the key otherwise. */
export interface KeyToAttest {
  /** DER. */
  readonly subjectPublicKeyInfo: Uint8Array;
  /** Its place on the card, as PIV counts: 0x9a, 0x9c. */
  readonly slot: number;
  /** Of the card, as its driver tells it. */
  readonly serialNumber: string;
}

const extension = {
  firmware: '1.3.6.1.4.1.41482.3.3',
  serial: '1.3.6.1.4.1.41482.3.7',
  policy: '1.3.6.1.4.1.41482.3.8',
  formFactor: '1.3.6.1.4.1.41482.3.9',
} as const;

const commonName = '2.5.4.3';
const pinPolicies = ['unknown', 'never', 'once', 'always'] as const;
const touchPolicies = ['unknown', 'never', 'always', 'cached'] as const;
/** The highest bits of the octet say more than the form. */
const formMask = 0x0f;
const forms = ['', 'USB-A keychain', 'USB-A nano', 'USB-C keychain', 'USB-C nano', 'USB-C and Lightning', 'USB-A bio', 'USB-C bio'];

/**
 * Verifies a statement: its maker certified the card's attestation key, that key signed the statement, and the statement is about this
 * very key, at this place, on this card. `issuers` are trusted and certify such keys directly (DER). Times are not looked at: cards have
 * no clock. `unknown-maker` where none of them has the name of who certified the card.
 * @throws AppError token.attestation-false with {rule}: whatever of it does not hold
 */
export function verifyAttestation(
  { statement: statementDer, device: deviceDer }: Attestation,
  key: KeyToAttest,
  issuers: readonly Uint8Array[],
  primitives: Pick<SignaturePrimitives, 'verify'>,
): AttestationVerdict {
  const [statement, device] = [read(statementDer), read(deviceDer)];
  const named = issuers.map(readCertificate).filter(({ subject }) => isSameOctets(subject.der, device.issuer.der));
  if (named.length === 0) return 'unknown-maker';
  require(named.some((issuer) => isSignedBy(device, issuer, primitives)), 'issuer');
  require(isSignedBy(statement, device, primitives), 'signature');
  require(isSameOctets(statement.subjectPublicKeyInfo.der, key.subjectPublicKeyInfo), 'key');
  require(attestedSlot(statement) === key.slot, 'slot');
  const said = attestedFacts(statement);
  require(said.serialNumber === null || !/^\d+$/.test(key.serialNumber) || said.serialNumber === Number(key.serialNumber), 'card');
  return said;
}

function require(holds: boolean, rule: string): asserts holds {
  if (!holds) throw falseAttestation(rule);
}

const falseAttestation = (rule: string): AppError =>
  new AppError('token.attestation-false', 'What the card says of the key it has made does not hold.', { rule });

function read(der: Uint8Array): Certificate {
  try {
    return readCertificate(der);
  } catch (error) {
    if (error instanceof AppError) throw falseAttestation('form');
    throw error;
  }
}

/** `YubiKey PIV Attestation 9c`, the subject. */
function attestedSlot({ subject }: Certificate): number | undefined {
  const name = subject.rdnSequence.flat().find(({ type }) => type === commonName)?.value ?? '';
  const slot = /^YubiKey PIV Attestation ([0-9a-f]{2})$/i.exec(name)?.[1];
  return slot === undefined ? undefined : Number.parseInt(slot, 16);
}

/** What it says, whoever signed it. @throws AppError input.malformed-der */
function attestedFacts({ rawExtensions }: Certificate): AttestedKey {
  const valueOf = (oid: string) => rawExtensions.find((one) => one.oid === oid)?.value;
  const [policy, serial, form] = [valueOf(extension.policy), valueOf(extension.serial), valueOf(extension.formFactor)?.at(-1)];
  return {
    firmware: [...(valueOf(extension.firmware) ?? [])].join('.'),
    serialNumber: serial === undefined ? null : readSerial(serial),
    pinPolicy: pinPolicies[policy?.at(-2) ?? 0] ?? 'unknown',
    touchPolicy: touchPolicies[policy?.at(-1) ?? 0] ?? 'unknown',
    formFactor: forms[(form ?? 0) & formMask] ?? '',
  };
}

/** An INTEGER of up to five octets. */
function readSerial(der: Uint8Array): number | null {
  try {
    const { content } = readDer(der);
    return content.length > 5 ? null : content.reduce((sum, octet) => sum * 256 + octet, 0);
  } catch (error) {
    if (error instanceof AppError) throw falseAttestation('form');
    throw error;
  }
}
