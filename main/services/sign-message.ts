import { prepareMessage, type PreparedMessage } from '../domain/cms/sign-cms.ts';
import { octetsOf, type OctetSource } from '../domain/encoding/octet-source.ts';
import { AppError } from '../domain/errors.ts';
import { mayProtect } from '../domain/key/state.ts';
import { signatureAlgorithmOf } from '../domain/key/algorithm.ts';
import { readDer } from '../domain/asn1/der-reader.ts';
import { readAlgorithmIdentifier, signatureScheme } from '../domain/x509/algorithm-identifier.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import type { FileContent } from '../contract/secret.ts';
import type { Clock } from '../ports/clock.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { keyOn, readyCard, type CardOrder } from './card-keys.ts';
import { derOf, findCertificate } from './certificate-export.ts';
import { issuersAbove } from './issuers.ts';
import type { OpenMessageParts } from './open-message.ts';

export interface SignMessageParts extends OpenMessageParts {
  readonly clock: Clock;
}

export interface SignOrder {
  readonly file: FileContent;
  readonly certificate: string;
  readonly isDetached: boolean;
  readonly card?: CardOrder | undefined;
}

/**
 * Signs a file as somebody here (SignedData with their chain): with a key in the vault, or with `card` with one on that card.
 * @throws AppError not-found, conflict for a key that may not sign any more, path.revoked, input.invalid, input.no-key-here, token.*
 */
export async function signMessage(
  parts: SignMessageParts,
  operator: UnlockedOperator,
  { file, certificate: id, isDetached, card }: SignOrder,
): Promise<{ readonly row: CertificateRow; readonly message: OctetSource }> {
  const stores = parts.read();
  const row = await findCertificate(stores, id);
  requireMaySign(row);
  const certificate = readCertificate(await derOf(stores, row));
  const chain = (await issuersAbove(stores, row)).map((link) => readCertificate(link.certificate));
  const content = octetsOf(file.bytes);
  const prepared = prepareMessage({ content, certificate, chain, isDetached, time: parts.clock.now() }, parts.toolPrimitives);
  const signature = card === undefined ? await signInVault(parts, operator, row, prepared) : await signOnCard(parts, row, prepared, card);
  requireGood(parts, certificate, prepared, signature);
  return { row, message: prepared.withSignature(signature) };
}

function requireMaySign({ id, personId, revocation, keyState }: CertificateRow): void {
  if (personId === null)
    throw new AppError('input.invalid', 'Only a person’s certificate signs files.', { field: 'certificate', rule: 'person' });
  if (revocation !== null) throw new AppError('path.revoked', 'This certificate is revoked.', { revokedAt: revocation.revokedAt });
  if (!mayProtect(keyState)) throw new AppError('conflict', 'This key signs nothing any more.', { what: 'key', id, rule: keyState });
}

async function signInVault(
  { keyAccess, toolPrimitives }: SignMessageParts,
  operator: UnlockedOperator,
  { keyId, keyStore }: CertificateRow,
  { algorithm, attributes }: PreparedMessage,
): Promise<Uint8Array> {
  if (keyStore !== 'vault') throw new AppError('input.no-key-here', 'This key is not in the vault.', { isOnToken: keyStore === 'token' });
  const { digest } = signatureAlgorithmOf(algorithm);
  return keyAccess.withPrivateKey(operator, keyId, 'people', (pkcs8) => toolPrimitives.sign(pkcs8, digest, attributes));
}

async function signOnCard(
  parts: SignMessageParts,
  row: CertificateRow,
  { algorithm, attributes }: PreparedMessage,
  order: CardOrder,
): Promise<Uint8Array> {
  const card = await readyCard(parts, order);
  const ckaId = await keyOn(parts, card, row);
  if (ckaId === undefined)
    throw new AppError('not-found', 'The key of this certificate is not on that card.', { what: 'key', token: card.token.serialNumber });
  return parts.tokens.sign(card.token, card.pin, { ckaId, algorithm, data: attributes });
}

/** What a card or the vault made is looked at before anybody else sees it. */
function requireGood(
  { toolPrimitives }: SignMessageParts,
  { subjectPublicKeyInfo }: Certificate,
  { algorithm, attributes }: PreparedMessage,
  signature: Uint8Array,
): void {
  const scheme = signatureScheme(readAlgorithmIdentifier(readDer(signatureAlgorithmOf(algorithm).algorithmIdentifier)));
  if (scheme === undefined || !toolPrimitives.verify(subjectPublicKeyInfo.der, scheme, attributes, signature))
    throw new AppError('token.device-failed', 'What was signed does not hold under the certificate.', { what: 'signature' });
}
