import type { OutputFor } from '../../api.ts';

/** What `audit.verify` answers. */
export type AuditVerification = OutputFor<'audit.verify'>;
