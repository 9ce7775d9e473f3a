import { attributeType } from '../../../native/pkcs11/constants.ts';
import type { ObjectHandle, Pkcs11Session, Template } from '../../../native/pkcs11/session.ts';

/** One attribute of a template that an object is made or found by. */
export const templateValue = (type: number, content: NonNullable<Template[number]['value']>): Template[number] => ({
  type,
  value: content,
});

/** The PIN for a key that asks for it right before each use (CKA_ALWAYS_AUTHENTICATE, PKCS #11 v3.1 section 4.9); nothing for any other. */
export const pinAtUse = (session: Pkcs11Session, key: ObjectHandle, pin: Uint8Array): { readonly pin?: Uint8Array } =>
  session.attribute(key, attributeType.alwaysAuthenticate)?.[0] === 1 ? { pin } : {};
