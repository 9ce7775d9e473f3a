import { AppError, type ErrorCode } from '../errors.ts';

/** What a PKCS #11 return value means to a person. */
interface Meaning {
  readonly code: ErrorCode;
  readonly message: string;
}

const meanings = {
  absent: { code: 'token.absent', message: 'There is no token in this slot.' },
  removed: { code: 'token.removed', message: 'The token was taken out.' },
  pinIncorrect: { code: 'token.pin-incorrect', message: 'The PIN is not right.' },
  pinLocked: { code: 'token.pin-locked', message: 'The PIN of the token is locked.' },
  pinRefused: { code: 'token.pin-refused', message: 'The token does not accept this PIN.' },
  pinExpired: { code: 'token.pin-expired', message: 'The PIN of the token has to be changed.' },
  loginRequired: { code: 'token.login-required', message: 'The token wants its PIN first.' },
  mechanism: { code: 'token.mechanism-unsupported', message: 'The token cannot do this with this key.' },
  full: { code: 'token.full', message: 'The token has no room left.' },
  readOnly: { code: 'token.read-only', message: 'The token does not let itself be changed.' },
  device: { code: 'token.device-failed', message: 'The token or its driver did not work.' },
  missing: { code: 'not-found', message: 'This is not on the token any more.' },
  conflict: { code: 'conflict', message: 'The token is in another state than this needs.' },
  keptInside: { code: 'unsupported', message: 'This key does not leave its token.' },
  /** One answer for all of them: which padding or length was wrong is nobody's business. */
  data: { code: 'input.invalid', message: 'The token does not accept this data.' },
  cancelled: { code: 'cancelled', message: 'It was cancelled at the token.' },
  ours: { code: 'internal', message: 'a PKCS #11 call was made wrongly' },
} as const satisfies Readonly<Record<string, Meaning>>;

/** Return values (PKCS #11 v3.1, "Cryptoki return values"), each with its name and meaning: the one table. */
const returnValues = new Map<number, readonly [name: string, meaning: keyof typeof meanings]>([
  [0x001, ['CKR_CANCEL', 'cancelled']],
  [0x002, ['CKR_HOST_MEMORY', 'device']],
  [0x003, ['CKR_SLOT_ID_INVALID', 'absent']],
  [0x005, ['CKR_GENERAL_ERROR', 'device']],
  [0x006, ['CKR_FUNCTION_FAILED', 'device']],
  [0x007, ['CKR_ARGUMENTS_BAD', 'ours']],
  [0x010, ['CKR_ATTRIBUTE_READ_ONLY', 'readOnly']],
  [0x011, ['CKR_ATTRIBUTE_SENSITIVE', 'keptInside']],
  [0x012, ['CKR_ATTRIBUTE_TYPE_INVALID', 'ours']],
  [0x013, ['CKR_ATTRIBUTE_VALUE_INVALID', 'ours']],
  [0x01b, ['CKR_ACTION_PROHIBITED', 'readOnly']],
  [0x020, ['CKR_DATA_INVALID', 'data']],
  [0x021, ['CKR_DATA_LEN_RANGE', 'data']],
  [0x030, ['CKR_DEVICE_ERROR', 'device']],
  [0x031, ['CKR_DEVICE_MEMORY', 'full']],
  [0x032, ['CKR_DEVICE_REMOVED', 'removed']],
  [0x040, ['CKR_ENCRYPTED_DATA_INVALID', 'data']],
  [0x041, ['CKR_ENCRYPTED_DATA_LEN_RANGE', 'data']],
  [0x050, ['CKR_FUNCTION_CANCELED', 'cancelled']],
  [0x054, ['CKR_FUNCTION_NOT_SUPPORTED', 'mechanism']],
  [0x060, ['CKR_KEY_HANDLE_INVALID', 'missing']],
  [0x062, ['CKR_KEY_SIZE_RANGE', 'mechanism']],
  [0x063, ['CKR_KEY_TYPE_INCONSISTENT', 'mechanism']],
  [0x068, ['CKR_KEY_FUNCTION_NOT_PERMITTED', 'mechanism']],
  [0x06a, ['CKR_KEY_UNEXTRACTABLE', 'keptInside']],
  [0x070, ['CKR_MECHANISM_INVALID', 'mechanism']],
  [0x071, ['CKR_MECHANISM_PARAM_INVALID', 'mechanism']],
  [0x082, ['CKR_OBJECT_HANDLE_INVALID', 'missing']],
  [0x090, ['CKR_OPERATION_ACTIVE', 'ours']],
  [0x091, ['CKR_OPERATION_NOT_INITIALIZED', 'ours']],
  [0x0a0, ['CKR_PIN_INCORRECT', 'pinIncorrect']],
  [0x0a1, ['CKR_PIN_INVALID', 'pinRefused']],
  [0x0a2, ['CKR_PIN_LEN_RANGE', 'pinRefused']],
  [0x0a3, ['CKR_PIN_EXPIRED', 'pinExpired']],
  [0x0a4, ['CKR_PIN_LOCKED', 'pinLocked']],
  [0x0b0, ['CKR_SESSION_CLOSED', 'removed']],
  [0x0b1, ['CKR_SESSION_COUNT', 'device']],
  [0x0b3, ['CKR_SESSION_HANDLE_INVALID', 'removed']],
  [0x0b5, ['CKR_SESSION_READ_ONLY', 'ours']],
  [0x0b6, ['CKR_SESSION_EXISTS', 'conflict']],
  [0x0b7, ['CKR_SESSION_READ_ONLY_EXISTS', 'conflict']],
  [0x0b8, ['CKR_SESSION_READ_WRITE_SO_EXISTS', 'conflict']],
  [0x0c0, ['CKR_SIGNATURE_INVALID', 'data']],
  [0x0c1, ['CKR_SIGNATURE_LEN_RANGE', 'data']],
  [0x0d0, ['CKR_TEMPLATE_INCOMPLETE', 'ours']],
  [0x0d1, ['CKR_TEMPLATE_INCONSISTENT', 'mechanism']],
  [0x0e0, ['CKR_TOKEN_NOT_PRESENT', 'absent']],
  [0x0e1, ['CKR_TOKEN_NOT_RECOGNIZED', 'device']],
  [0x0e2, ['CKR_TOKEN_WRITE_PROTECTED', 'readOnly']],
  [0x100, ['CKR_USER_ALREADY_LOGGED_IN', 'conflict']],
  [0x101, ['CKR_USER_NOT_LOGGED_IN', 'loginRequired']],
  [0x102, ['CKR_USER_PIN_NOT_INITIALIZED', 'pinRefused']],
  [0x103, ['CKR_USER_TYPE_INVALID', 'ours']],
  [0x104, ['CKR_USER_ANOTHER_ALREADY_LOGGED_IN', 'conflict']],
  [0x105, ['CKR_USER_TOO_MANY_TYPES', 'conflict']],
  [0x130, ['CKR_DOMAIN_PARAMS_INVALID', 'mechanism']],
  [0x140, ['CKR_CURVE_NOT_SUPPORTED', 'mechanism']],
  [0x150, ['CKR_BUFFER_TOO_SMALL', 'ours']],
  [0x190, ['CKR_CRYPTOKI_NOT_INITIALIZED', 'ours']],
  [0x191, ['CKR_CRYPTOKI_ALREADY_INITIALIZED', 'conflict']],
  [0x1b8, ['CKR_PIN_TOO_WEAK', 'pinRefused']],
  [0x1b9, ['CKR_PUBLIC_KEY_INVALID', 'data']],
  [0x200, ['CKR_FUNCTION_REJECTED', 'cancelled']],
]);

/**
 * The error for a PKCS #11 return value other than CKR_OK, its name in details {returnValue}. A value the table does not
 * know, such as a vendor's own, is token.device-failed with the value in hexadecimal.
 */
export function errorOfReturnValue(returnValue: number, options?: { cause?: unknown }): AppError {
  const [name, meaning] = returnValues.get(returnValue) ?? [`0x${returnValue.toString(16)}`, 'device'];
  const { code, message } = meanings[meaning];
  return new AppError(code, message, { returnValue: name }, options);
}
