import { placeOf, type SinkTarget } from '../../domain/audit-formats/sink-target.ts';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { fileRefusals, systemCode } from '../../domain/process/system-error.ts';

/** Codes of OpenSSL and Node for a certificate that does not lead to what is trusted, has ended, or is of somebody else. */
const untrusted =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_CERT_)/;

/** Said by the other side, or found wrong in what it said, while the connection was made. */
const refused = /^(EPROTO|ERR_SSL_)/;

const unreachable = /^(ECONN|EHOST|ENET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_|EADDR|EMSGSIZE|UND_|ERR_SOCKET|ERR_STREAM|HPE_)/;

/** What an error of the system means for who set a peer. */
export function failureOf(error: unknown, target: SinkTarget): AppError {
  if (error instanceof AppError) return error;
  const [code, host] = [systemCode(error), placeOf(target)];
  return new AppError(meaningOf(code, target), 'Entries of the log could not be handed over.', { host, rule: code }, { cause: error });
}

function meaningOf(code: string, { kind }: SinkTarget): ErrorCode {
  if (kind === 'file') return fileRefusals.get(code) ?? 'input.invalid';
  if (untrusted.test(code)) return 'remote.untrusted';
  if (refused.test(code)) return 'remote.refused';
  if (unreachable.test(code)) return 'remote.unreachable';
  // A file of ours that cannot be read, or holds no certificate.
  return fileRefusals.get(code) ?? (code.startsWith('ERR_OSSL_') ? 'input.invalid' : 'internal');
}
