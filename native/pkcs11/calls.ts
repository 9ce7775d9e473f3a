import { createRequire } from 'node:module';
import type { InitializationOptions, PKCS11 } from 'pkcs11js';
import { utf8Decode } from '../../main/domain/encoding/utf8.ts';
import { AppError } from '../../main/domain/errors.ts';
import { errorOfReturnValue } from '../../main/domain/token/ck-rv.ts';

/** Makes calls into one loaded library, and nothing at all before it was loaded or after it was closed: that crashes. */
export interface Pkcs11Calls {
  /** @throws AppError of the return value; conflict after `close` */
  make<T>(call: (addon: PKCS11) => T): T;
  close(): void;
}

/**
 * Loads the native addon, then a PKCS #11 library, and initialises it.
 * @throws AppError unsupported when there is no addon for this platform; token.module-unusable when the library is not
 * there or is no PKCS #11 library; otherwise the error of the return value.
 */
export function loadLibrary(library: string, options: InitializationOptions): Pkcs11Calls {
  const addon = loadAddon();
  try {
    addon.load(library);
  } catch (cause) {
    throw new AppError('token.module-unusable', 'This is not a PKCS #11 module that can be loaded.', { module: library }, { cause });
  }
  const calls = callsInto(addon);
  calls.make((loaded) => loaded.C_Initialize(options));
  return calls;
}

function loadAddon(): PKCS11 {
  try {
    const addon = createRequire(import.meta.url)('pkcs11js') as { readonly PKCS11: new () => PKCS11 };
    return new addon.PKCS11();
  } catch (cause) {
    throw new AppError('unsupported', 'Keyward cannot use tokens on this computer.', { what: 'pkcs11' }, { cause });
  }
}

function callsInto(addon: PKCS11): Pkcs11Calls {
  let isOpen = true;
  return {
    make: (call) => {
      if (!isOpen) throw new AppError('conflict', 'The PKCS #11 module was closed.', { what: 'pkcs11 module' });
      try {
        return call(addon);
      } catch (error) {
        throw translate(error);
      }
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      try {
        addon.C_Finalize();
      } catch (error) {
        throw translate(error);
      } finally {
        addon.close();
      }
    },
  };
}

/** Some calls throw an error with the return value as `code`, others only with `CKR_NAME:value` in their text. */
function translate(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const text = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : '';
  const coded = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number' ? error.code : 0;
  const returnValue = coded || Number(/CKR_\w+:(\d+)/.exec(text)?.[1] ?? 0);
  if (returnValue > 0) return errorOfReturnValue(returnValue, { cause: error });
  return new AppError('internal', 'a PKCS #11 call was made wrongly', {}, { cause: error });
}

/**
 * Hands a PIN (UTF-8) to a call. The addon takes strings only, so a copy that cannot be wiped lives until it is
 * collected: one more reason why these calls are made in a process of their own. The PIN itself stays the caller's.
 * @throws AppError token.pin-refused when it is not UTF-8
 */
export function withPin<T>(pin: Uint8Array, call: (text: string) => T): T {
  const text = utf8Decode(pin);
  if (text === undefined) throw new AppError('token.pin-refused', 'The token does not accept this PIN.');
  return call(text);
}
