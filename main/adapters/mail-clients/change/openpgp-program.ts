import type { MailIdentity } from '../../../domain/mail-client/mail-client.ts';
import type { OpenPgpReading } from '../../../domain/mail-client/openpgp-setup.ts';
import type { LockOpenPgpKeys, OpenPgpProfileRequest } from '../../../ports/mail-client.ts';
import type { Workbench } from './workbench.ts';

/** What tells one program's OpenPGP from another's. */
export interface OpenPgpProgram {
  /** The files a plan names. */
  readonly planned: Readonly<Record<'keys' | 'rings' | 'acceptance' | 'settings', string>>;
  /** How many settings one identity gets. */
  readonly settings: number;
  /** Sets the identities up. @throws AppError client.no-openpgp, client.unreadable, and what `lock` throws */
  write(bench: Workbench, identities: readonly MailIdentity[], request: OpenPgpProfileRequest, lock: LockOpenPgpKeys): Promise<void>;
  read(bench: Workbench, request: OpenPgpProfileRequest): Promise<OpenPgpReading>;
}
