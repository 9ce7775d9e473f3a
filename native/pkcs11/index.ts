import { utf8Encode } from '../../main/domain/encoding/utf8.ts';
import { AppError } from '../../main/domain/errors.ts';
import { loadLibrary, withPin, type Pkcs11Calls } from './calls.ts';
import { sessionFlag } from './constants.ts';
import { sessionOn, type Pkcs11Session } from './session.ts';
import { slotOf, tokenOf, type Slot, type Token } from './token.ts';

/**
 * One PKCS #11 library, loaded and initialised. Vendor libraries block, hang and crash: it is used only in a process of
 * its own, with a deadline on every call. Every call throws the AppError of its return value (`errorOfReturnValue`).
 */
export interface Pkcs11Module {
  /** As the library names itself. */
  info(): { readonly description: string; readonly manufacturer: string; readonly version: string };
  /** Slots with a token in them, or all. Some libraries see a token that came later only after being opened anew. */
  slots(which: 'with-token' | 'all'): Slot[];
  /** @throws AppError token.absent */
  token(slot: Slot): Token;
  /** Mechanism numbers, as in `mechanismType`. */
  mechanisms(slot: Slot): number[];
  /** The smallest and the largest key a mechanism works with, as it counts: bits, for those Keyward uses. */
  keySizes(slot: Slot, mechanism: number): { readonly minimum: number; readonly maximum: number };
  openSession(slot: Slot, access: 'read-only' | 'read-write'): Pkcs11Session;
  /** Erases the token and gives it a label and a security officer's PIN. Any open session stands in the way (conflict). @throws AppError input.too-large */
  initToken(slot: Slot, soPin: Uint8Array, label: string): void;
  /** Ends all sessions and unloads the library; afterwards every call is refused. */
  close(): void;
}

/**
 * Opens a PKCS #11 library by its absolute path. `libraryParameters` are for NSS's softoken, which wants them.
 * @throws AppError unsupported without the native addon; token.module-unusable when the library cannot be loaded.
 */
export function openPkcs11Module(library: string, options: { readonly libraryParameters?: string } = {}): Pkcs11Module {
  const { libraryParameters } = options;
  // The addon cuts the last character off: a blank for it to cut.
  return moduleOn(loadLibrary(library, libraryParameters === undefined ? {} : { libraryParameters: `${libraryParameters} ` }));
}

const labelOctets = 32;

/** C_InitToken reads 32 octets whatever it is given. @throws AppError input.too-large */
function paddedLabel(label: string): string {
  const { length } = utf8Encode(label);
  if (length > labelOctets)
    throw new AppError('input.too-large', 'The label of a token has at most 32 octets.', { what: 'token label', limit: labelOctets });
  return label + ' '.repeat(labelOctets - length);
}

function moduleOn(calls: Pkcs11Calls): Pkcs11Module {
  return {
    info: () => {
      const { libraryDescription, manufacturerID, libraryVersion } = calls.make((addon) => addon.C_GetInfo());
      const version = `${libraryVersion.major}.${libraryVersion.minor}`;
      return { description: libraryDescription.trim(), manufacturer: manufacturerID.trim(), version };
    },
    slots: (which) =>
      calls.make((addon) => addon.C_GetSlotList(which === 'with-token').map((handle) => slotOf(handle, addon.C_GetSlotInfo(handle)))),
    token: ({ handle }) => tokenOf(calls.make((addon) => addon.C_GetTokenInfo(handle))),
    mechanisms: ({ handle }) => calls.make((addon) => addon.C_GetMechanismList(handle)),
    keySizes: ({ handle }, mechanism) => {
      const { minKeySize, maxKeySize } = calls.make((addon) => addon.C_GetMechanismInfo(handle, mechanism));
      return { minimum: minKeySize, maximum: maxKeySize };
    },
    openSession: ({ handle }, access) => {
      const flags = sessionFlag.serial | (access === 'read-write' ? sessionFlag.readWrite : 0);
      return sessionOn(
        calls,
        calls.make((addon) => addon.C_OpenSession(handle, flags)),
      );
    },
    initToken: ({ handle }, soPin, label) => {
      withPin(soPin, (text) => calls.make((addon) => addon.C_InitToken(handle, text, paddedLabel(label))));
    },
    close: () => calls.close(),
  };
}
