import { AppError } from '../../domain/errors.ts';
import { oid } from '../../domain/asn1/der-writer.ts';
import { readPrivateKey, type PrivateKey } from '../../domain/key/read-private-key.ts';
import type { TokenKeyImport } from '../../ports/tokens.ts';
import { attributeType, keyType, mechanismType, objectClass } from '../../../native/pkcs11/constants.ts';
import type { ObjectHandle, Pkcs11Session, Template } from '../../../native/pkcs11/session.ts';
import { pinAtUse, templateValue as value } from './key-attributes.ts';

/**
 * Puts a private key on the token, to open mail and nothing else, and lets it prove itself in the same session.
 * Gives what it made of the challenge. @throws AppError token.*; token.mechanism-unsupported for a key of another kind
 */
export function importKey(session: Pkcs11Session, { ckaId, label, pkcs8, challenge }: TokenKeyImport, pin: Uint8Array): Uint8Array {
  const key = readPrivateKey(pkcs8);
  const handle = session.createObject([
    value(attributeType.class, objectClass.privateKey),
    value(attributeType.token, true),
    value(attributeType.private, true),
    value(attributeType.sensitive, true),
    value(attributeType.extractable, false),
    value(attributeType.id, Buffer.from(ckaId)),
    value(attributeType.label, Buffer.from(label)),
    value(attributeType.sign, false),
    ...materialOf(key),
  ]);
  return proofBy(session, { key, handle, challenge }, pin);
}

/** What a key on the token makes of the challenge. */
export function proofBy(
  session: Pkcs11Session,
  { key, handle, challenge }: { readonly key: PrivateKey; readonly handle: ObjectHandle; readonly challenge: Uint8Array },
  pin: Uint8Array,
): Uint8Array {
  return key.kind === 'rsa' ? decrypted(session, handle, challenge, pin) : session.agree(handle, challenge);
}

/** What the key is, as attributes (PKCS #11 v3.1 sections 6.1.3 and 6.3.4). */
function materialOf(key: PrivateKey): Template {
  if (key.kind === 'rsa') return rsaMaterial(key);
  if (key.kind !== 'ec' || key.curves[0] === undefined)
    throw new AppError('token.mechanism-unsupported', 'Keys of this kind are not put on tokens.', { algorithm: key.kind });
  return [
    value(attributeType.keyType, keyType.ec),
    value(attributeType.derive, true),
    value(attributeType.ecParams, Buffer.from(oid(key.curves[0]))),
    value(attributeType.value, Buffer.from(key.scalar)),
  ];
}

/** @throws AppError token.mechanism-unsupported for one of more than two primes */
export function rsaMaterial({ modulus, publicExponent, privateExponent, primes }: Extract<PrivateKey, { kind: 'rsa' }>): Template {
  const [second, first, ...more] = primes;
  if (first?.coefficient === undefined || second === undefined || more.length > 0)
    throw new AppError('token.mechanism-unsupported', 'RSA keys of more than two primes are not put on tokens.', { algorithm: 'rsa' });
  const numbers = [
    [attributeType.modulus, modulus],
    [attributeType.publicExponent, publicExponent],
    [attributeType.privateExponent, privateExponent],
    [attributeType.prime1, first.prime],
    [attributeType.prime2, second.prime],
    [attributeType.exponent1, first.exponent],
    [attributeType.exponent2, second.exponent],
    [attributeType.coefficient, first.coefficient],
  ] as const;
  return [
    value(attributeType.keyType, keyType.rsa),
    value(attributeType.decrypt, true),
    ...numbers.map(([type, number]) => value(type, Buffer.from(number))),
  ];
}

function decrypted(session: Pkcs11Session, key: ObjectHandle, data: Uint8Array, pin: Uint8Array): Uint8Array {
  return session.decrypt({ mechanism: { mechanism: mechanismType.rsaPkcs }, key, data, ...pinAtUse(session, key, pin) });
}
