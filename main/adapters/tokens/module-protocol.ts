import type { ErrorCode, ErrorDetails } from '../../domain/errors.ts';
import type {
  FoundToken,
  ManagementKeyChange,
  TokenCertificate,
  TokenInitialization,
  TokenKey,
  TokenKeyImport,
  TokenKeyOrder,
  TokenLogin,
  TokenObjects,
  TokenOpening,
  TokenOpeningKey,
  TokenOpeningKeyOrder,
  TokenPinChange,
  TokenSignature,
  TokenUnblocking,
  TokenWiping,
} from '../../ports/tokens.ts';

/** What is done on one token, logged in. The PIN (UTF-8) is wiped in the module's process once it was used. */
interface OnToken {
  readonly serialNumber: string;
  readonly pin: Uint8Array;
}

/** The same, with the management key where keys come by it, which is wiped likewise. */
type WithKeys = OnToken & TokenLogin;

/** Makes, puts, writes or takes off. */
export type KeysRequest =
  | ({ readonly kind: 'generate'; readonly order: TokenKeyOrder } & WithKeys)
  | ({ readonly kind: 'import'; readonly order: TokenKeyImport } & WithKeys)
  | ({ readonly kind: 'write-certificate'; readonly certificate: TokenCertificate } & WithKeys)
  | ({ readonly kind: 'destroy'; readonly ckaId: Uint8Array } & WithKeys)
  | ({ readonly kind: 'clear-fragments' } & WithKeys);

/** What the core asks a module's process, one request at a time. */
export type ModuleRequest =
  | { readonly kind: 'survey'; readonly anew: boolean }
  | ({ readonly kind: 'initialize' } & TokenInitialization)
  | ({ readonly kind: 'change-pin'; readonly serialNumber: string } & TokenPinChange)
  | ({ readonly kind: 'unblock'; readonly serialNumber: string } & TokenUnblocking)
  | ({ readonly kind: 'wipe'; readonly serialNumber: string } & TokenWiping)
  | ({ readonly kind: 'check-pin' } & OnToken)
  | ({ readonly kind: 'replace-management-key'; readonly serialNumber: string } & ManagementKeyChange)
  | { readonly kind: 'used-key-ids'; readonly serialNumber: string }
  | KeysRequest
  | ({ readonly kind: 'generate-opening'; readonly order: TokenOpeningKeyOrder } & OnToken)
  | ({ readonly kind: 'opening-keys' } & OnToken)
  | ({ readonly kind: 'open'; readonly order: TokenOpening } & OnToken)
  | ({ readonly kind: 'sign'; readonly order: TokenSignature } & OnToken)
  | ({ readonly kind: 'hold-key'; readonly key: Omit<TokenSignature, 'data'> } & OnToken)
  | { readonly kind: 'sign-held'; readonly datas: readonly Uint8Array[] }
  | { readonly kind: 'release-key' }
  | ({ readonly kind: 'objects'; readonly ckaId: Uint8Array } & OnToken);

/** A token as its module shows it. */
export type ShownToken = Omit<FoundToken, 'module'>;

/** What each kind of request answers. */
export interface ModuleAnswers {
  readonly survey: readonly ShownToken[];
  readonly initialize: string;
  readonly 'change-pin': null;
  readonly unblock: null;
  readonly wipe: null;
  readonly 'check-pin': null;
  readonly 'replace-management-key': null;
  readonly 'used-key-ids': readonly Uint8Array[];
  readonly generate: TokenKey;
  readonly import: Uint8Array;
  readonly 'generate-opening': TokenOpeningKey;
  readonly 'opening-keys': readonly TokenOpeningKey[];
  readonly open: Uint8Array;
  readonly sign: Uint8Array;
  readonly 'hold-key': null;
  readonly 'sign-held': readonly Uint8Array[];
  readonly 'release-key': null;
  readonly 'write-certificate': null;
  readonly objects: TokenObjects;
  readonly destroy: number;
  readonly 'clear-fragments': number;
}

export type AnswerTo<R extends ModuleRequest> = ModuleAnswers[R['kind']];

/** How an answer travels. */
export type ModuleReply =
  | { readonly ok: true; readonly value: ModuleAnswers[keyof ModuleAnswers] }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails };
