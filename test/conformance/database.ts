import { describe } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import { describeAuditLog } from './database-audit-log.ts';
import { describeBackups } from './database-backups.ts';
import { describeCertificates } from './database-certificates.ts';
import { describeDelegates } from './database-delegates.ts';
import { describeCompromisedKeys } from './database-compromised-keys.ts';
import { describeEscrow } from './database-escrow.ts';
import { describeIncidents } from './database-incidents.ts';
import { describeJobs } from './database-jobs.ts';
import { describeKeys } from './database-keys.ts';
import { describeOpenPgp } from './database-openpgp.ts';
import { describeMailPackages } from './database-mail-packages.ts';
import { describeMailTests } from './database-mail-tests.ts';
import { describeMailSetups } from './database-mail-setups.ts';
import { describeOperatorCards } from './database-operator-cards.ts';
import { describeOutside } from './database-outside.ts';
import { describePeople } from './database-people.ts';
import { describeProfiles } from './database-profiles.ts';
import { describeSecondFactors } from './database-second-factors.ts';
import { describeTokens } from './database-tokens.ts';
import { describeUnits } from './database-units.ts';

/** What every database must do, whatever its technology; what only some can do is asked of their abilities. */
export function describeDatabase(technology: DatabaseTechnology): void {
  describe(`the ${technology.name} database`, () => {
    describeUnits(technology);
    describePeople(technology);
    describeCertificates(technology);
    describeDelegates(technology);
    describeKeys(technology);
    describeCompromisedKeys(technology);
    describeOutside(technology);
    describeOpenPgp(technology);
    describeEscrow(technology);
    describeIncidents(technology);
    describeJobs(technology);
    describeMailPackages(technology);
    describeMailSetups(technology);
    describeMailTests(technology);
    describeProfiles(technology);
    describeSecondFactors(technology);
    describeOperatorCards(technology);
    describeTokens(technology);
    describeBackups(technology);
    describeAuditLog(technology);
  });
}
