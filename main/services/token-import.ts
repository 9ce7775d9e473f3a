import type { TokenImported } from '../contract/tokens.ts';
import { isSameOctets } from '../domain/encoding/octets.ts';
import { AppError } from '../domain/errors.ts';
import { openingPlace } from '../domain/piv/key-places.ts';
import { requireOpeningKeyFits } from '../domain/token/abilities.ts';
import { refuseFactoryPin } from '../domain/token/new-pin.ts';
import { requireUsablePin } from '../domain/token/pin-status.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { Stores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { TokenIntentRecord } from '../ports/stores/tokens.ts';
import type { FoundToken } from '../ports/tokens.ts';
import type { ToolPrimitives } from '../ports/tool-primitives.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { findCertificate } from './certificate-export.ts';
import type { Commit } from './handler.ts';
import { openingChallenge } from './opening-challenge.ts';
import { undoneOnFailure, type TokenEnrollmentParts } from './token-enrollment.ts';
import { beginIntent, ckaIdOf, settleToken, tokenCertificate, type AtToken } from './token-intents.ts';
import { certificatesOn, lostSince } from './token-list.ts';
import { chooseKeyId, keyIdOf } from './token-places.ts';
import { withKeysLogin } from './token-secrets.ts';
import { secureBefore } from './token-securing.ts';

export interface TokenImportParts extends TokenEnrollmentParts {
  readonly toolPrimitives: ToolPrimitives;
}

export interface TokenImportOrder {
  /** Of the key that opens mail. */
  readonly certificate: string;
  readonly token: FoundToken;
  readonly finalTry: boolean;
}

/**
 * Puts a key that opens mail on its owner's token, with its certificate, so that the mail program opens mail with the card. The vault keeps
 * the key. What fails half-way is taken off the token again, now or when it is back.
 * @throws AppError input.invalid for another kind of key; not-found where it is not in the vault; conflict for somebody else's token, or
 *   a key that is on one already; token.*
 */
export async function importOnToken(
  parts: TokenImportParts,
  operator: UnlockedOperator,
  { certificate, token, finalTry }: TokenImportOrder,
  at: AtToken,
): Promise<Commit<TokenImported>> {
  const row = await findCertificate(parts.read(), certificate);
  const personId = requireOpening(row);
  requireOpeningKeyFits(token.abilities, row.keyAlgorithm);
  await requireOwn(parts, token.serialNumber, personId);
  await requireNowhere(parts, row.keyId);
  requireUsablePin(token.pin, finalTry);
  refuseFactoryPin(at.pin);
  await parts.tokens.checkPin(token, at.pin);
  await secureBefore(parts, operator, token, at);
  const intent = await withKeysLogin(parts, operator, token, at, async (by) => {
    await settleToken(parts, token.serialNumber, by);
    if (row.isCurrent) await makeWay(parts, operator, token, by);
    return put(parts, operator, { row, personId, token }, by);
  });
  return async (stores, { time, auditIndex }) => {
    await recordPlace(stores, intent, time);
    return {
      value: { certificate: row.id, token: token.serialNumber, auditIndex },
      subject: { person: personId, token: token.serialNumber, certificates: [row.id] },
      pushes: [
        { name: 'tokens.changed', payload: { tokens: [token.serialNumber] } },
        { name: 'people.changed', payload: { people: [personId] } },
      ],
    };
  };
}

/** Whose it is. A key that signs is made on the card and never was anywhere else. */
function requireOpening({ keyUsage, keyStore, personId, id }: CertificateRow): string {
  if (keyUsage !== 'encrypt' || personId === null)
    throw new AppError('input.invalid', 'Only a person’s key that opens mail, and signs nothing, is put on a card.', {
      field: 'certificate',
      rule: 'encrypt',
    });
  if (keyStore !== 'vault') throw new AppError('not-found', 'This private key is not in the vault.', { what: 'private-key', id });
  return personId;
}

async function requireOwn({ read }: TokenImportParts, serialNumber: string, personId: string): Promise<void> {
  const rows = (await certificatesOn(read(), [serialNumber])).get(serialNumber) ?? [];
  if (rows.some((row) => row.personId !== null && row.personId !== personId))
    throw new AppError('conflict', 'This card is somebody else’s.', { what: 'token', id: serialNumber });
}

/** On a lost card it is out of reach: then it may go on another one. */
async function requireNowhere({ read }: TokenImportParts, keyId: string): Promise<void> {
  const [place] = await read().tokens.placesOf([keyId]);
  if (place !== undefined && (await lostSince(read(), place.serialNumber)) === null)
    throw new AppError('conflict', 'This key is on a card already.', { what: 'key', id: keyId, token: place.serialNumber });
}

/** On a PIV card the place of the key that opens mail now: the one that is there goes to a place for older keys, out of the vault once more. */
async function makeWay(parts: TokenImportParts, operator: UnlockedOperator, token: FoundToken, at: AtToken): Promise<void> {
  if (token.abilities.keysBy === 'pin') return;
  const rows = (await certificatesOn(parts.read(), [token.serialNumber])).get(token.serialNumber) ?? [];
  const places = await parts.read().tokens.keysOn([token.serialNumber]);
  const older = rows.find(({ keyId }) => places.some((place) => place.keyId === keyId && place.ckaId === keyIdOf(openingPlace)));
  if (older?.personId === undefined || older.personId === null) return;
  const moved = await put(parts, operator, { row: { ...older, isCurrent: false }, personId: older.personId, token }, at);
  // Stopped from here on, the older key is still recorded at its old place, and the next import moves it again.
  await parts.tokens.destroyObjects(token, at, Uint8Array.of(openingPlace));
  await parts.auditTrail.record(async (stores, { time }) => {
    await recordPlace(stores, moved, time);
    const subject = { person: moved.personId, token: token.serialNumber, certificates: [older.id] };
    return { value: undefined, entries: [{ action: 'token.import', operator: at.operator, host: at.host, subject, outcome: 'success' }] };
  });
}

/** Journalled first, and taken off again where it does not succeed. */
async function put(parts: TokenImportParts, operator: UnlockedOperator, order: ToImport, at: AtToken): Promise<TokenIntentRecord> {
  const intent = await beginImport(parts, order, at);
  await undoneOnFailure(parts, intent, at, async () => putOnToken(parts, operator, { intent, row: order.row }, at));
  return intent;
}

interface ToImport {
  readonly row: CertificateRow;
  readonly personId: string;
  readonly token: FoundToken;
}

async function beginImport(parts: TokenImportParts, { row, personId, token }: ToImport, at: AtToken): Promise<TokenIntentRecord> {
  const { module, serialNumber } = token;
  const ckaId = await chooseKeyId(parts, token, row.isCurrent ? 'open' : 'open-older');
  const place = { keyId: row.keyId, certificateId: row.id, module, serialNumber, ckaId };
  const subject = { person: personId, token: serialNumber, certificates: [row.id] };
  return beginIntent(parts, { id: parts.random.uuid(), personId, ...place }, { action: 'token.import-begin', subject }, at);
}

/** The key proves itself there before its certificate is written. */
async function putOnToken(
  parts: TokenImportParts,
  operator: UnlockedOperator,
  { intent, row }: { readonly intent: TokenIntentRecord; readonly row: CertificateRow },
  at: AtToken,
): Promise<void> {
  const certificate = await tokenCertificate(parts.read(), intent, openingLabel);
  const spki = readCertificate(certificate.der).subjectPublicKeyInfo.der;
  const { challenge, expected } = openingChallenge(parts.toolPrimitives, spki);
  const order = { ckaId: ckaIdOf(intent), label: certificate.label, challenge, certificate };
  const opened = await parts.keyAccess.withPrivateKey(operator, row.keyId, 'people', (pkcs8) =>
    parts.tokens.importKey(intent, at, { ...order, pkcs8 }),
  );
  if (!isSameOctets(opened, expected))
    throw new AppError('token.device-failed', 'The token did not prove that it holds the key it was given.', { what: 'proof' });
  await parts.tokens.writeCertificate(intent, at, certificate);
}

const openingLabel = (name: string): string => `opening mail ${name}`;

async function recordPlace(stores: Stores, { id, keyId, module, serialNumber, ckaId }: TokenIntentRecord, time: string): Promise<void> {
  await stores.tokens.placeKey({ keyId, module, serialNumber, ckaId });
  await stores.tokens.moveIntent(id, 'begun', 'finished', time);
}
