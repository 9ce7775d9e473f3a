import { AppError } from '../../domain/errors.ts';
import type { TokenCertificate, TokenKey, TokenKeyOrder, TokenObjects, TokenSignature } from '../../ports/tokens.ts';
import { attributeType, objectClass } from '../../../native/pkcs11/constants.ts';
import type { ObjectHandle, Pkcs11Session } from '../../../native/pkcs11/session.ts';
import { pinAtUse, templateValue as value } from './key-attributes.ts';
import { mechanismsOf, type KeyMechanisms } from './key-mechanisms.ts';

const { token, private: isPrivate, label, id, sign, verify, decrypt, derive, sensitive, extractable } = attributeType;

/** What a driver does in its own way. */
interface DriverHabits {
  /** An RSA key it may not decrypt with signs nothing, in no program: its certificate alone says what it is for. So with TPMs. */
  readonly signsByDecrypting: boolean;
}

/** Makes a signing pair and lets the new key prove itself, in one session. @throws AppError token.* */
export function generateKeyPair(
  session: Pkcs11Session,
  order: TokenKeyOrder,
  pin: Uint8Array,
  { signsByDecrypting }: DriverHabits,
): TokenKey {
  const mechanisms = mechanismsOf(order.algorithm);
  const both = [value(token, true), value(id, Buffer.from(order.ckaId)), value(label, Buffer.from(order.label))];
  const isRsa = order.algorithm.startsWith('rsa');
  const pair = session.generateKeyPair(
    { mechanism: mechanisms.generate },
    [...both, ...mechanisms.parameters, value(isPrivate, false), value(verify, true)],
    [
      ...both,
      value(isPrivate, true),
      value(sensitive, true),
      value(extractable, false),
      value(sign, true),
      ...(isRsa && signsByDecrypting ? [] : [value(isRsa ? decrypt : derive, false)]),
    ],
  );
  return {
    subjectPublicKeyInfo: mechanisms.publicKeyInfo((type) => session.attribute(pair.publicKey, type)),
    proof: signWith(session, mechanisms, pair.privateKey, order.challenge, pinAtUse(session, pair.privateKey, pin)),
  };
}

/** @throws AppError not-found */
export function signData(session: Pkcs11Session, { ckaId, algorithm, data }: TokenSignature, pin: Uint8Array): Uint8Array {
  const key = privateKeyOf(session, ckaId);
  return signWith(session, mechanismsOf(algorithm), key, data, pinAtUse(session, key, pin));
}

/** As X.509 carries the signature. `atUse` as `pinAtUse` gives it. */
export function signWith(
  session: Pkcs11Session,
  mechanisms: KeyMechanisms,
  key: ObjectHandle,
  data: Uint8Array,
  atUse: ReturnType<typeof pinAtUse>,
): Uint8Array {
  const operation = { mechanism: { mechanism: mechanisms.sign }, key, data: mechanisms.prepare(data) };
  return mechanisms.finish(session.sign({ ...operation, ...atUse }));
}

/** @throws AppError not-found when its key is not on the token */
export function writeCertificate(session: Pkcs11Session, certificate: TokenCertificate): void {
  privateKeyOf(session, certificate.ckaId);
  if (certificatesOf(session, certificate.ckaId).some(({ der }) => der?.equals(certificate.der) === true)) return;
  session.createObject([
    value(attributeType.class, objectClass.certificate),
    value(attributeType.certificateType, 0),
    value(token, true),
    value(isPrivate, false),
    value(id, Buffer.from(certificate.ckaId)),
    value(label, Buffer.from(certificate.label)),
    value(attributeType.subject, Buffer.from(certificate.subject)),
    value(attributeType.issuer, Buffer.from(certificate.issuer)),
    value(attributeType.serialNumber, Buffer.from(certificate.serialNumber)),
    value(attributeType.value, Buffer.from(certificate.der)),
  ]);
}

export function objectsOf(session: Pkcs11Session, ckaId: Uint8Array): TokenObjects {
  return {
    privateKeys: find(session, objectClass.privateKey, ckaId).length,
    publicKeys: find(session, objectClass.publicKey, ckaId).length,
    certificates: certificatesOf(session, ckaId).flatMap(({ der }) => der ?? []),
  };
}

/** Certificates go first, so that no moment shows one without its key. Answers how many objects there were. */
export function destroyObjects(session: Pkcs11Session, ckaId: Uint8Array): number {
  const kinds = [objectClass.certificate, objectClass.publicKey, objectClass.privateKey];
  const objects = kinds.flatMap((kind) => find(session, kind, ckaId));
  for (const object of objects) session.destroyObject(object);
  return objects.length;
}

/** @throws AppError not-found */
export function privateKeyOf(session: Pkcs11Session, ckaId: Uint8Array): ObjectHandle {
  const [key] = find(session, objectClass.privateKey, ckaId);
  if (key === undefined) throw new AppError('not-found', 'The key is not on the token any more.', { what: 'key' });
  return key;
}

const certificatesOf = (session: Pkcs11Session, ckaId: Uint8Array) =>
  find(session, objectClass.certificate, ckaId).map((object) => ({ object, der: session.attribute(object, attributeType.value) }));

const find = (session: Pkcs11Session, kind: number, ckaId: Uint8Array): ObjectHandle[] =>
  session.find([value(attributeType.class, kind), value(id, Buffer.from(ckaId))]);
