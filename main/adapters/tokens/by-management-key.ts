import { oid } from '../../domain/asn1/der-writer.ts';
import { AppError } from '../../domain/errors.ts';
import { readPrivateKey, type PrivateKey } from '../../domain/key/read-private-key.ts';
import type { TokenCertificate, TokenKey, TokenKeyImport, TokenKeyOrder } from '../../ports/tokens.ts';
import { attributeType, keyType, objectClass } from '../../../native/pkcs11/constants.ts';
import type { Pkcs11Session, Template } from '../../../native/pkcs11/session.ts';
import { proofBy, rsaMaterial } from './import-key.ts';
import { pinAtUse, templateValue as value } from './key-attributes.ts';
import { mechanismsOf } from './key-mechanisms.ts';
import { destroyObjects, privateKeyOf, signWith } from './token-objects.ts';

/*
 * PIV cards through Yubico's driver: keys and certificates come by the management key (CKU_SO), each to its place, and are
 * used by the PIN. What a key may do is said by its place: the driver takes no attributes for it, and no labels.
 */

/** What is done with one card: logging in as its user, once, and with the management key. */
export interface Card {
  readonly session: Pkcs11Session;
  readonly managementKey: Uint8Array;
  readonly pin: Uint8Array;
  /** One try of the PIN. */
  readonly logIn: () => void;
}

/** @throws AppError token.management-key-unknown when it is another one */
export function asAdministrator<T>({ session, managementKey }: Pick<Card, 'session' | 'managementKey'>, act: () => T): T {
  try {
    session.login('so', managementKey);
  } catch (error) {
    throw error instanceof AppError && error.code === 'token.pin-incorrect'
      ? new AppError('token.management-key-unknown', 'The card has another management key.', error.details, { cause: error })
      : error;
  }
  const result = act();
  session.logout();
  return result;
}

/** The PIN proves itself in the same call: whoever has only the management key leaves a key that was never seen to sign. */
export function generateByManagementKey(card: Card, { ckaId, algorithm, challenge }: TokenKeyOrder): TokenKey {
  const { session, pin } = card;
  const mechanisms = mechanismsOf(algorithm);
  const both = [value(attributeType.token, true), value(attributeType.id, Buffer.from(ckaId))];
  const { publicKey } = asAdministrator(card, () =>
    session.generateKeyPair({ mechanism: mechanisms.generate }, [...both, ...mechanisms.parameters], both),
  );
  const subjectPublicKeyInfo = mechanisms.publicKeyInfo((type) => session.attribute(publicKey, type));
  card.logIn();
  const key = privateKeyOf(session, ckaId);
  return { subjectPublicKeyInfo, proof: signWith(session, mechanisms, key, challenge, pinAtUse(session, key, pin)) };
}

/** Its certificate goes with it: the driver tells by that what kind of key it is. */
export function importByManagementKey(card: Card, { ckaId, pkcs8, challenge, certificate }: TokenKeyImport): Uint8Array {
  const { session, pin } = card;
  const key = readPrivateKey(pkcs8);
  asAdministrator(card, () => {
    session.createObject([
      value(attributeType.class, objectClass.privateKey),
      value(attributeType.id, Buffer.from(ckaId)),
      ...materialOf(key),
    ]);
    if (certificate !== undefined) putCertificate(session, certificate);
  });
  card.logIn();
  return proofBy(session, { key, handle: privateKeyOf(session, ckaId), challenge }, pin);
}

/** The driver wants numbers of an RSA key that the others make up from these, and refuses those. */
function materialOf(key: PrivateKey): Template {
  if (key.kind === 'rsa') {
    const refused: readonly number[] = [attributeType.modulus, attributeType.privateExponent, attributeType.decrypt];
    return rsaMaterial(key).filter(({ type }) => !refused.includes(type));
  }
  if (key.kind !== 'ec' || key.curves[0] === undefined)
    throw new AppError('token.mechanism-unsupported', 'Keys of this kind are not put on cards.', { algorithm: key.kind });
  return [
    value(attributeType.keyType, keyType.ec),
    value(attributeType.ecParams, Buffer.from(oid(key.curves[0]))),
    value(attributeType.value, Buffer.from(key.scalar)),
  ];
}

/** In the place of whatever certificate is there. @throws AppError not-found when its key is not on the card */
export function writeByManagementKey(card: Pick<Card, 'session' | 'managementKey'>, certificate: TokenCertificate): void {
  asAdministrator(card, () => {
    privateKeyOf(card.session, certificate.ckaId);
    putCertificate(card.session, certificate);
  });
}

function putCertificate(session: Pkcs11Session, { ckaId, der }: TokenCertificate): void {
  session.createObject([
    value(attributeType.class, objectClass.certificate),
    value(attributeType.id, Buffer.from(ckaId)),
    value(attributeType.value, Buffer.from(der)),
  ]);
}

/** The certificate goes, and with it the key from what the driver shows. */
export const destroyByManagementKey = (card: Pick<Card, 'session' | 'managementKey'>, ckaId: Uint8Array): number =>
  asAdministrator(card, () => destroyObjects(card.session, ckaId));

/** The private keys and certificates that the token shows, by CKA_ID. */
export function usedKeyIds(session: Pkcs11Session): Uint8Array[] {
  const kinds = [objectClass.privateKey, objectClass.certificate];
  const objects = kinds.flatMap((kind) => session.find([value(attributeType.class, kind)]));
  return objects.flatMap((object) => session.attribute(object, attributeType.id) ?? []);
}
