/** Every way Keyward can say no. The family (before the dot) decides the exit code of the command line. */
export type ErrorCode =
  | 'input.invalid'
  | 'input.malformed-der'
  | 'input.malformed-pem'
  | 'input.malformed-csv'
  | 'input.malformed-mail'
  | 'input.malformed-openpgp'
  | 'input.unsupported-algorithm'
  | 'input.wrong-password'
  | 'input.not-decryptable'
  | 'input.no-key-here'
  | 'input.weak-key'
  | 'input.compromised-key'
  | 'input.not-proven'
  | 'input.unknown-profile'
  | 'input.no-hold'
  | 'input.no-base-list'
  | 'input.no-request'
  | 'input.issued-elsewhere'
  | 'input.several-authorities'
  | 'input.too-large'
  | 'input.empty'
  | 'input.name-taken'
  | 'input.path-length'
  | 'input.key-offline'
  | 'input.wrong-list'
  | 'input.no-backup-key'
  | 'input.wrong-backup-key'
  | 'input.not-a-backup'
  | 'input.domain-outside'
  | 'input.mailbox-outside'
  | 'not-found'
  | 'conflict'
  | 'stale'
  | 'session.locked'
  | 'session.sign-in-failed'
  | 'session.too-soon'
  | 'session.code-wrong'
  | 'session.passphrase-unchanged'
  | 'session.not-permitted'
  | 'session.own-role'
  | 'session.own-second-factor'
  | 'session.last-administrator'
  | 'session.operator-known'
  | 'session.operator-unnamed'
  | 'session.card-unknown'
  | 'approval.required'
  | 'approval.own-request'
  | 'approval.run-out'
  | 'device.not-enabled'
  | 'device.keychain-unusable'
  | 'device.keychain-emptied'
  | 'device.keychain-replaced'
  | 'escrow.not-approved'
  | 'escrow.own-request'
  | 'escrow.no-share'
  | 'escrow.share-damaged'
  | 'escrow.too-few-sheets'
  | 'escrow.not-whole'
  | 'escrow.run-out'
  | 'escrow.would-lose'
  | 'token.absent'
  | 'token.removed'
  | 'token.pin-incorrect'
  | 'token.pin-locked'
  | 'token.pin-expired'
  | 'token.pin-not-set'
  | 'token.pin-final-try'
  | 'token.pin-refused'
  | 'token.pin-length'
  | 'token.pin-factory'
  | 'token.pin-unchanged'
  | 'token.unlock-code-incorrect'
  | 'token.unlock-code-locked'
  | 'token.unlock-code-final-try'
  | 'token.management-key-unknown'
  | 'token.unsupported'
  | 'token.takes-no-keys'
  | 'token.lost'
  | 'token.in-use'
  | 'token.service-stopped'
  | 'token.service-missing'
  | 'token.service-refused'
  | 'token.no-reader'
  | 'token.card-mute'
  | 'token.card-unknown'
  | 'token.driver-missing'
  | 'token.login-required'
  | 'token.mechanism-unsupported'
  | 'token.key-stays'
  | 'token.enroll-again'
  | 'token.full'
  | 'token.read-only'
  | 'token.device-failed'
  | 'token.weak-key'
  | 'token.signs-already'
  | 'token.module-unusable'
  | 'token.module-missing'
  | 'token.module-crashed'
  | 'token.module-hung'
  | 'path.expired'
  | 'path.not-yet-valid'
  | 'path.revoked'
  | 'path.name-mismatch'
  | 'path.unknown-issuer'
  | 'path.weak-algorithm'
  | 'path.signature'
  | 'path.malformed'
  | 'path.unsupported-algorithm'
  | 'path.not-authority'
  | 'path.too-long'
  | 'path.key-usage'
  | 'path.purpose'
  | 'path.unknown-critical-extension'
  | 'path.name-constraint'
  | 'path.policy'
  | 'path.revocation-unknown'
  | 'path.lint'
  | 'client.absent'
  | 'client.open'
  | 'client.locked'
  | 'client.unreadable'
  | 'client.no-profile'
  | 'client.no-identity'
  | 'client.no-certificate'
  | 'client.unfit'
  | 'client.not-ready'
  | 'client.interrupted'
  | 'client.package-expired'
  | 'remote.unreachable'
  | 'remote.untrusted'
  | 'remote.refused'
  | 'store.corrupt'
  | 'store.read-only'
  | 'store.schema-too-new'
  | 'store.busy'
  | 'store.full'
  | 'store.not-initialised'
  | 'integrity.audit-broken'
  | 'integrity.checkpoint-signature'
  | 'integrity.backup-damaged'
  | 'integrity.backup-diverged'
  | 'integrity.would-lose-entries'
  | 'integrity.rollback-suspected'
  | 'integrity.program-changed'
  | 'integrity.operator-changed'
  | 'cancelled'
  | 'unsupported'
  | 'internal';

/** What an error may carry beside its sentence: positions, names, counts. Never a secret, never raw foreign text. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * The one error class. `message` is English prose for logs and the command line; the window words it from `code`
 * and `details` through its locale.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** An error as it crosses a process boundary. */
export interface ErrorReply {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly details: ErrorDetails;
  readonly traceId: string;
}

/** For the `default` of a switch that must name every case. */
export function unreachable(value: never): never {
  throw new AppError('internal', `unexpected case: ${typeof value}`);
}
