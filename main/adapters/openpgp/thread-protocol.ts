import type { ErrorCode, ErrorDetails } from '../../domain/errors.ts';
import type { Unlocked } from '../../domain/openpgp/unlocked.ts';
import type { OpenPgpVerdict } from '../../domain/openpgp/verdict.ts';
import type { NewOpenPgpKey, OpenPgpDecryptOrder, OpenPgpOrder, OpenPgpSecrets, OpenPgpVerifyOrder } from '../../ports/openpgp.ts';

/** What each act takes and makes. */
export interface OpenPgpActs {
  readonly generate: { readonly given: OpenPgpOrder; readonly made: NewOpenPgpKey };
  readonly armor: { readonly given: { readonly certificate: Uint8Array }; readonly made: Uint8Array };
  readonly protect: { readonly given: { readonly secrets: OpenPgpSecrets; readonly password: Uint8Array }; readonly made: Uint8Array };
  readonly unlocks: { readonly given: { readonly key: Uint8Array; readonly password: Uint8Array }; readonly made: Unlocked };
  readonly verify: { readonly given: OpenPgpVerifyOrder; readonly made: OpenPgpVerdict };
  readonly decrypt: { readonly given: OpenPgpDecryptOrder; readonly made: OpenPgpVerdict & { readonly content: Uint8Array } };
}

export type OpenPgpAct = keyof OpenPgpActs;

/** The one thing a thread is asked. */
export type OpenPgpRequest = { readonly [A in OpenPgpAct]: { readonly act: A; readonly given: OpenPgpActs[A]['given'] } }[OpenPgpAct];

export type OpenPgpAnswer<A extends OpenPgpAct = OpenPgpAct> =
  | { readonly ok: true; readonly made: OpenPgpActs[A]['made'] }
  | { readonly ok: false; readonly error: { readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails } };

/** A copy that is moved into another thread, so that none stays in this one. */
export const movable = (octets: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(octets);
