import type { ErrorCode } from '../../domain/errors.ts';
import type { MailKitId } from '../../domain/mail-client/kit/kits.ts';
import type { MailPackageState } from '../../domain/mail-client/mail-package.ts';

/** What one person is handed for their mail program, from the plan to the proof that it works there. */
export interface MailPackageRecord {
  readonly id: string;
  /** All that were asked for together. */
  readonly deliveryId: string;
  readonly position: number;
  readonly personId: string;
  readonly client: MailKitId;
  readonly state: MailPackageState;
  /** Days it waits to be picked up. */
  readonly days: number;
  /** Whose private keys are in it. */
  readonly certificates: readonly string[];
  /** Of the file, hexadecimal; empty until it is made. */
  readonly sha256: string;
  readonly operatorId: string;
  readonly askedAt: string;
  readonly expiresAt: string | null;
  readonly pickedUpAt: string | null;
  readonly provedAt: string | null;
  /** Why it could not be made. */
  readonly error: ErrorCode | null;
}

export type MailPackageChange = Partial<
  Pick<MailPackageRecord, 'certificates' | 'sha256' | 'expiresAt' | 'pickedUpAt' | 'provedAt' | 'error'>
> & { readonly state: MailPackageState };

export interface MailPackageReader {
  find(id: string): Promise<MailPackageRecord | undefined>;
  /** In order of position. */
  ofDelivery(deliveryId: string): Promise<readonly MailPackageRecord[]>;
  /** Newest first. */
  ofPerson(personId: string): Promise<readonly MailPackageRecord[]>;
  /** Those in this state, longest waiting first. */
  inState(state: MailPackageState): Promise<readonly MailPackageRecord[]>;
  /** Newest first. */
  list(limit: number): Promise<readonly MailPackageRecord[]>;
}

export interface MailPackageStore extends MailPackageReader {
  insert(packages: readonly MailPackageRecord[]): Promise<void>;
  /** @throws AppError stale when it is in none of the states `from` */
  change(id: string, from: readonly MailPackageState[], change: MailPackageChange): Promise<void>;
}
