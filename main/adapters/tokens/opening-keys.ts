import { oid } from '../../domain/asn1/der-writer.ts';
import { AppError } from '../../domain/errors.ts';
import { curveOid } from '../../domain/x509/oid.ts';
import type { TokenOpening, TokenOpeningKey, TokenOpeningKeyOrder } from '../../ports/tokens.ts';
import { attributeType, keyType, mechanismType, objectClass } from '../../../native/pkcs11/constants.ts';
import type { Pkcs11Module } from '../../../native/pkcs11/index.ts';
import type { ObjectHandle, Pkcs11Session } from '../../../native/pkcs11/session.ts';
import type { Slot } from '../../../native/pkcs11/token.ts';
import { pinAtUse, templateValue as value } from './key-attributes.ts';
import { mechanismsOf } from './key-mechanisms.ts';
import { privateKeyOf } from './token-objects.ts';

/** What a new key that opens is made of. */
type OpeningMechanism = 'p256' | 'rsa-2048';

/** Agreement before decryption: quick to make, and no padding to be wrong about. @throws AppError token.mechanism-unsupported */
export function openingMechanism(module: Pkcs11Module, slot: Slot): OpeningMechanism {
  const has = new Set(module.mechanisms(slot));
  if (has.has(mechanismType.ecKeyPairGen) && has.has(mechanismType.ecdh1Derive)) return 'p256';
  if (has.has(mechanismType.rsaPkcsKeyPairGen) && has.has(mechanismType.rsaPkcs)) return 'rsa-2048';
  throw new AppError('token.mechanism-unsupported', 'The token makes no keys that open anything.', { algorithm: 'p256' });
}

export function generateOpeningKey(
  session: Pkcs11Session,
  algorithm: OpeningMechanism,
  { ckaId, label }: TokenOpeningKeyOrder,
): TokenOpeningKey {
  const mechanisms = mechanismsOf(algorithm);
  const [uses, rest] = algorithm === 'p256' ? [attributeType.derive, attributeType.decrypt] : [attributeType.decrypt, attributeType.derive];
  const both = [
    value(attributeType.token, true),
    value(attributeType.id, Buffer.from(ckaId)),
    value(attributeType.label, Buffer.from(label)),
  ];
  const pair = session.generateKeyPair(
    { mechanism: mechanisms.generate },
    [...both, ...mechanisms.parameters, value(attributeType.private, false), value(attributeType.verify, false)],
    [
      ...both,
      value(attributeType.private, true),
      value(attributeType.sensitive, true),
      value(attributeType.extractable, false),
      value(attributeType.sign, false),
      value(uses, true),
      value(rest, false),
    ],
  );
  return { ckaId, subjectPublicKeyInfo: mechanisms.publicKeyInfo((type) => session.attribute(pair.publicKey, type)) };
}

/** Those whose public half the token shows; what it cannot be asked for is not there. */
export function openingKeysOf(session: Pkcs11Session): TokenOpeningKey[] {
  return session.find([value(attributeType.class, objectClass.privateKey)]).flatMap((key) => {
    const ckaId = session.attribute(key, attributeType.id);
    if (
      ckaId === undefined ||
      ckaId.length === 0 ||
      !(isSet(session, key, attributeType.decrypt) || isSet(session, key, attributeType.derive))
    )
      return [];
    const [publicKey] = session.find([value(attributeType.class, objectClass.publicKey), value(attributeType.id, ckaId)]);
    const subjectPublicKeyInfo = publicKey === undefined ? undefined : publicKeyInfoOf(session, publicKey);
    return subjectPublicKeyInfo === undefined ? [] : [{ ckaId, subjectPublicKeyInfo }];
  });
}

const isSet = (session: Pkcs11Session, object: ObjectHandle, type: number): boolean => session.attribute(object, type)?.[0] === 1;

function publicKeyInfoOf(session: Pkcs11Session, publicKey: ObjectHandle): Uint8Array | undefined {
  const read = (type: number) => session.attribute(publicKey, type);
  if (isKind(session, publicKey, keyType.rsa)) return mechanismsOf('rsa-2048').publicKeyInfo(read);
  const curve = (['p256', 'p384'] as const).find((one) => read(attributeType.ecParams)?.equals(oid(curveOid[one])) === true);
  return curve === undefined ? undefined : mechanismsOf(curve).publicKeyInfo(read);
}

/** @throws AppError not-found */
export function openWith(session: Pkcs11Session, { ckaId, challenge }: TokenOpening, pin: Uint8Array): Uint8Array {
  const key = privateKeyOf(session, ckaId);
  if (!isKind(session, key, keyType.rsa)) return session.agree(key, challenge);
  return session.decrypt({ mechanism: { mechanism: mechanismType.rsaPkcs }, key, data: challenge, ...pinAtUse(session, key, pin) });
}

/** CKA_KEY_TYPE is a CK_ULONG: its first octet is enough, whatever its length. */
const isKind = (session: Pkcs11Session, key: ObjectHandle, kind: number): boolean =>
  session.attribute(key, attributeType.keyType)?.[0] === kind;
