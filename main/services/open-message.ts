import { decryptWithKeys, keyQuestions, type OpenedMessage } from '../domain/cms/decrypt-cms.ts';
import type { SignerIdentifier } from '../domain/cms/read-signed-data.ts';
import type { OctetSource } from '../domain/encoding/octet-source.ts';
import { AppError } from '../domain/errors.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { ToolPrimitives } from '../ports/tool-primitives.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { askCard, keyOn, readyCard, type CardKeyParts, type CardOrder } from './card-keys.ts';
import { derOf } from './certificate-export.ts';
import type { KeyAccess } from './key-access.ts';
import { recipientsHere, type RecipientParts } from './message-recipients.ts';
import { messageKeyOf } from './message-tools.ts';

export interface OpenMessageParts extends RecipientParts, CardKeyParts {
  readonly keyAccess: Pick<KeyAccess, 'withPrivateKey'>;
  readonly toolPrimitives: ToolPrimitives;
}

/** An encrypted message (EnvelopedData or AuthEnvelopedData), and the recipients it names. */
export interface SealedMessage {
  readonly message: OctetSource;
  readonly recipients: readonly SignerIdentifier[];
}

export interface OpenedHere {
  /** Whose key opened it. */
  readonly row: CertificateRow;
  readonly opened: OpenedMessage;
}

/**
 * Opens a message with the key of a person here it was encrypted to: one in the vault, or with `card` one on that card.
 * @throws AppError input.no-key-here, input.not-decryptable, session.not-permitted, token.*
 */
export async function openMessage(
  parts: OpenMessageParts,
  operator: UnlockedOperator,
  sealed: SealedMessage,
  card?: CardOrder,
): Promise<OpenedHere> {
  return card === undefined ? openFromVault(parts, operator, sealed) : openOnCard(parts, sealed, card);
}

/**
 * With the first key in the vault that a message is encrypted to, of those that are asked for.
 * @throws AppError as `openMessage`
 */
export async function openFromVault(
  parts: Omit<OpenMessageParts, 'tokens'>,
  operator: UnlockedOperator,
  { message, recipients }: SealedMessage,
  isAsked: (row: CertificateRow) => boolean = () => true,
): Promise<OpenedHere> {
  const { read, keyAccess, toolPrimitives } = parts;
  let isOnToken = false;
  for await (const row of recipientsHere(parts, recipients)) {
    if (!isAsked(row)) continue;
    isOnToken ||= row.keyStore === 'token';
    if (row.keyStore !== 'vault') continue;
    const certificate = readCertificate(await derOf(read(), row));
    const opened = await keyAccess.withPrivateKey(operator, row.keyId, 'people', (pkcs8) =>
      decryptWithKeys(message, [messageKeyOf(pkcs8, [certificate], toolPrimitives)], toolPrimitives),
    );
    return { row, opened };
  }
  throw noKeyHere(isOnToken);
}

async function openOnCard(parts: OpenMessageParts, { message, recipients }: SealedMessage, order: CardOrder): Promise<OpenedHere> {
  const { read, toolPrimitives } = parts;
  const card = await readyCard(parts, order);
  for await (const row of recipientsHere(parts, recipients)) {
    const ckaId = await keyOn(parts, card, row);
    if (ckaId === undefined) continue;
    const certificate = readCertificate(await derOf(read(), row));
    const own = { certificate, publicKeyInfo: certificate.subjectPublicKeyInfo.der };
    const key = await askCard(parts, card, ckaId, keyQuestions(message, own, toolPrimitives));
    try {
      return { row, opened: decryptWithKeys(message, [{ ...own, key }], toolPrimitives) };
    } finally {
      key.wipe();
    }
  }
  throw noKeyHere(true);
}

const noKeyHere = (isOnToken: boolean): AppError =>
  new AppError('input.no-key-here', 'No key that is kept here opens this mail.', { isOnToken });
