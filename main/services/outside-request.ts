import type { NewRequest } from '../contract/requests.ts';
import { FileContent } from '../contract/secret.ts';
import { encodePem } from '../domain/encoding/pem.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import { familyOf, parseKeyAlgorithm, requireAbility, signatureAlgorithmOf, type KeyAlgorithm } from '../domain/key/algorithm.ts';
import type { SubjectPurpose } from '../domain/key/usage.ts';
import { parseSubject } from '../domain/request/subject-text.ts';
import { encodeRequest, encodeRequestInfo } from '../domain/x509/encode-request.ts';
import { extKeyUsageExtension, keyUsageExtension, subjectAltNameExtension } from '../domain/x509/extension.ts';
import type { KeyUsageName } from '../domain/x509/extension-values.ts';
import { parseMailbox } from '../domain/x509/mailbox.ts';
import { formatName, type DistinguishedName } from '../domain/x509/name.ts';
import { attributeOid, extendedKeyUsageOid } from '../domain/x509/oid.ts';
import type { KeyPair, KeyPairs } from '../ports/key-pairs.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Random } from '../ports/random.ts';
import type { Vault } from '../ports/vault.ts';
import { findActivePerson } from './find-person.ts';
import type { Commit } from './handler.ts';
import { readPractice } from './practice.ts';
import { createSealingKeys } from './sealing-keys.ts';

export interface OutsideRequestParts {
  readonly read: () => ReadStores;
  readonly keyPairs: KeyPairs;
  readonly random: Random;
  readonly vault: Vault;
  /** Lower-case hex. */
  readonly sha256Hex: (octets: Uint8Array) => string;
}

export interface OutsideRequestOrder {
  readonly person?: string | undefined;
  readonly subject?: string | undefined;
  readonly emails: readonly string[];
  readonly purpose: SubjectPurpose;
  readonly algorithm?: string | undefined;
  readonly format: 'pem' | 'der';
}

/**
 * Makes a key, keeps it in the vault, and writes the request that an authority outside is to sign. It stays open until the answer comes.
 * @throws AppError not-found, conflict for the person; input.invalid for the subject or a mailbox; input.unsupported-algorithm
 */
export async function makeRequest(parts: OutsideRequestParts, order: OutsideRequestOrder): Promise<Commit<NewRequest>> {
  const stores = parts.read();
  const { subject, emails, personId } = await whoseRequest(stores, order);
  const algorithm = order.algorithm === undefined ? (await readPractice(stores)).subjectAlgorithm : parseKeyAlgorithm(order.algorithm);
  requireAbility(algorithm, order.purpose);
  const sealing = await createSealingKeys(stores, parts.vault);
  const [id, keyId] = [parts.random.uuid(), parts.random.uuid()];
  const pair = await parts.keyPairs.generate(algorithm);
  try {
    const der = signRequest(parts, pair, algorithm, { subject, emails, purpose: order.purpose });
    const under = order.purpose === 'sign' ? sealing.plan.sign : sealing.plan.decrypt;
    const sealed = parts.vault.seal({ keyId, pkcs8: pair.pkcs8, under });
    const spkiSha256 = parts.sha256Hex(pair.subjectPublicKeyInfo);
    const text = subjectText(subject);
    return async (written, { time }) => {
      const facts = { usage: order.purpose, state: 'preActive', store: 'vault', personId } as const;
      await written.keys.insert([{ ...facts, id: keyId, algorithm, spkiSha256, createdAt: time }]);
      await written.vault.insertSealingKeys(sealing.records);
      await written.vault.insertSealedKeys([sealed]);
      const record = { id, keyId, personId, subject: text, emails, purpose: order.purpose, der, createdAt: time, certificateId: null };
      await written.outsideRequests.insert(record);
      return {
        value: { request: id, key: keyId, subject: text, emails, file: requestFile(der, order.format) },
        subject: { request: id, key: keyId, ...(personId === null ? {} : { person: personId }) },
      };
    };
  } finally {
    pair.pkcs8.fill(0);
  }
}

/** A subject as it is written down. */
export const subjectText = (subject: DistinguishedName): string => formatName(readable(subject));

const readable = (subject: DistinguishedName) =>
  subject.map((attributes) => attributes.map(({ type, value }) => ({ type: attributeOid[type], value })));

/** A request as a file. */
export const requestFile = (der: Uint8Array, format: 'pem' | 'der'): FileContent =>
  format === 'der' ? new FileContent('request.csr', der) : pemRequestFile('request.pem', der);

/** A request as PEM (RFC 7468 section 7). */
export const pemRequestFile = (name: string, der: Uint8Array): FileContent =>
  new FileContent(name, utf8Encode(encodePem('CERTIFICATE REQUEST', der)));

/** What a request asks for. */
export interface Asked {
  readonly subject: DistinguishedName;
  readonly emails: readonly string[];
}

/** One of the practice's people with their own name and mailboxes, or whatever the subject says. @throws AppError input.invalid */
export async function whoseRequest(
  stores: ReadStores,
  order: Pick<OutsideRequestOrder, 'person' | 'subject' | 'emails'>,
): Promise<Asked & { readonly personId: string | null }> {
  const person = order.person === undefined ? undefined : await findActivePerson(stores, order.person);
  const emails = (order.emails.length > 0 ? order.emails : (person?.mailboxes ?? [])).map((address) => parseMailbox(address).normalized);
  if (emails.length === 0)
    throw new AppError('input.invalid', 'A certificate for mail needs a mailbox: name one.', { field: 'email', rule: 'required' });
  if (order.subject !== undefined) return { subject: parseSubject(order.subject), emails, personId: person?.id ?? null };
  if (person === undefined)
    throw new AppError('input.invalid', 'Say who the request is for: a person, or a subject.', { field: 'subject', rule: 'required' });
  const { name: organizationName } = await readPractice(stores);
  const subject = [[{ type: 'organizationName', value: organizationName }], [{ type: 'commonName', value: person.name }]] as const;
  return { subject, emails, personId: person.id };
}

function signRequest(
  { keyPairs }: OutsideRequestParts,
  pair: KeyPair,
  algorithm: KeyAlgorithm,
  { subject, emails, purpose }: Asked & { readonly purpose: SubjectPurpose },
): Uint8Array {
  const usages = usagesOf(algorithm, purpose);
  const info = mailRequestInfo(pair, { subject, emails, usages });
  return encodeRequest(info, signatureAlgorithmOf(algorithm).algorithmIdentifier, keyPairs.signer(pair.pkcs8, algorithm)(info));
}

/** What a key for mail is asked to be certified for: what it signs itself. */
export function mailRequestInfo(
  { subjectPublicKeyInfo }: Pick<KeyPair, 'subjectPublicKeyInfo'>,
  { subject, emails, usages }: Asked & { readonly usages: readonly KeyUsageName[] },
): Uint8Array {
  const extensions = [
    subjectAltNameExtension(emails.map(parseMailbox), false),
    keyUsageExtension(usages),
    extKeyUsageExtension([extendedKeyUsageOid.emailProtection]),
  ];
  return encodeRequestInfo({ subject, subjectPublicKeyInfo, extensions });
}

function usagesOf(algorithm: KeyAlgorithm, purpose: SubjectPurpose): readonly KeyUsageName[] {
  const decrypts = familyOf(algorithm) === 'rsa' ? 'keyEncipherment' : 'keyAgreement';
  if (purpose === 'sign') return ['digitalSignature'];
  return purpose === 'encrypt' ? [decrypts] : ['digitalSignature', decrypts];
}
