import type { ErrorCode, ErrorDetails } from '../domain/errors.ts';
import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import type { PinStatus } from '../domain/token/pin-status.ts';

/** Names a token wherever it is plugged in: the module that shows it, by name, and its serial number there. */
export interface TokenAddress {
  readonly module: string;
  readonly serialNumber: string;
}

/** An initialised token that is there now. */
export interface FoundToken extends TokenAddress {
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  /** The slot's description. */
  readonly reader: string;
  readonly pin: PinStatus;
  /** What it can make keys of and sign with. */
  readonly algorithms: readonly KeyAlgorithm[];
}

export interface ModuleReport {
  readonly name: string;
  /** Absolute path. */
  readonly library: string;
  readonly state: 'working' | 'missing' | 'unusable' | 'crashed' | 'hung';
  readonly error: { readonly code: ErrorCode; readonly details: ErrorDetails } | null;
}

/** What there is at this moment. A module that does not work does not hide what the others show. */
export interface TokenSurvey {
  readonly tokens: readonly FoundToken[];
  readonly modules: readonly ModuleReport[];
}

/**
 * Tokens behind PKCS #11 modules. Modules are foreign native code: each runs in a process of its own that holds nothing
 * of the practice but the PIN of the call, with a deadline on every call. Failures are `token.*`.
 */
export interface Tokens {
  /** Never fails: what does not work is in the reports. */
  survey(): Promise<TokenSurvey>;
  /** Ends the modules' processes. */
  close(): void;
}
