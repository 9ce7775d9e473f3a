import { AppError } from '../../domain/errors.ts';
import { attributeType, objectClass } from '../../../native/pkcs11/constants.ts';
import type { ObjectHandle, Pkcs11Session } from '../../../native/pkcs11/session.ts';

/** By which an object is found, and of which a key or certificate is made: a whole one has at least one of them. */
const tellingAttributes = [
  attributeType.id,
  attributeType.label,
  attributeType.value,
  attributeType.modulus,
  attributeType.prime,
  attributeType.ecParams,
];

const wholeKinds: readonly number[] = [objectClass.certificate, objectClass.publicKey, objectClass.privateKey];

/** Removes every fragment; answers how many there were. */
export function clearFragments(session: Pkcs11Session): number {
  const fragments = session.find([]).filter((object) => isFragment(session, object));
  for (const fragment of fragments) session.destroyObject(fragment);
  return fragments.length;
}

/**
 * Whether an object is what a module leaves when it is killed while it makes a key or certificate: of that kind or of none,
 * without name and without content. Nobody can find it by its name or use it.
 */
function isFragment(session: Pkcs11Session, object: ObjectHandle): boolean {
  const kind = read(session, object, attributeType.class);
  const isOfOurKinds = kind.length === 0 || wholeKinds.includes(kind[0] ?? 0) || (kind.at(-1) ?? 0) >= 0x80;
  return isOfOurKinds && tellingAttributes.every((type) => read(session, object, type).length === 0);
}

/** Some modules call an attribute that was never written invalid. */
function read(session: Pkcs11Session, object: ObjectHandle, type: number): Uint8Array {
  try {
    return session.attribute(object, type) ?? new Uint8Array();
  } catch (error) {
    if (error instanceof AppError && error.details['returnValue'] === 'CKR_ATTRIBUTE_VALUE_INVALID') return new Uint8Array();
    throw error;
  }
}
