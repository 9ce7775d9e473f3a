import type { ApplicationKind, ApplicationState } from '../../domain/people/application.ts';

/** What somebody of the practice applied for, and a registrar's word on it. */
export interface ApplicationRecord {
  readonly id: string;
  readonly personId: string;
  readonly kind: ApplicationKind;
  readonly note: string | null;
  /** Operators. */
  readonly filedBy: string;
  readonly filedAt: string;
  readonly state: ApplicationState;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  /** Why it was refused. */
  readonly reason: string | null;
}

export type NewApplication = Pick<ApplicationRecord, 'id' | 'personId' | 'kind' | 'note' | 'filedBy' | 'filedAt'>;

export interface ApplicationReader {
  find(id: string): Promise<ApplicationRecord | undefined>;
  /** Newest first; of one person where one is named. */
  list(query: { readonly personId?: string | undefined; readonly limit: number }): Promise<readonly ApplicationRecord[]>;
}

export interface ApplicationStore extends ApplicationReader {
  /** @throws AppError conflict where the same waits for this person already */
  file(application: NewApplication): Promise<void>;
  /** @throws AppError stale when it waits no more */
  decide(
    id: string,
    decision: Pick<ApplicationRecord, 'decidedBy' | 'decidedAt' | 'reason'> & { readonly state: Exclude<ApplicationState, 'filed'> },
  ): Promise<void>;
}
