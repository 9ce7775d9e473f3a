import { practice } from './0010-practice.ts';
import { vault } from './0020-vault.ts';
import { people } from './0030-people.ts';
import { certificates } from './0040-certificates.ts';
import { jobs } from './0050-jobs.ts';
import { auditLog } from './0060-audit-log.ts';
import { openPgp } from './0070-openpgp.ts';
import { tokens } from './0080-tokens.ts';
import { mailSetups } from './0090-mail-setups.ts';
import { fingerprints } from './0100-fingerprints.ts';
import { listChunks } from './0110-list-chunks.ts';
import { holds } from './0120-holds.ts';
import { profiles } from './0130-profiles.ts';
import { deltaLists } from './0140-delta-lists.ts';
import { delegates } from './0150-delegates.ts';
import { rollover } from './0160-rollover.ts';
import { compromisedKeys } from './0180-compromised-keys.ts';
import { outsideRequests } from './0190-outside-requests.ts';
import { authorityRequests } from './0200-authority-requests.ts';
import { tokenLosses } from './0210-token-losses.ts';
import { operatorRoles } from './0220-operator-roles.ts';
import { secondFactors } from './0230-second-factors.ts';
import { backups } from './0240-backups.ts';
import { authorityRequestFiles } from './0260-authority-request-files.ts';
import { operatorCards } from './0280-operator-cards.ts';
import { escrow } from './0300-escrow.ts';
import { approvals } from './0320-approvals.ts';
import { auditWords } from './0330-audit-words.ts';
import { incidents } from './0340-incidents.ts';
import { mailPackages } from './0345-mail-packages.ts';
import { archivedLeaves } from './0350-archived-leaves.ts';
import { listPoints } from './0355-list-points.ts';
import { mailTests } from './0360-mail-tests.ts';
import { personLanguage } from './0370-person-language.ts';
import { applications } from './0380-applications.ts';
import { keyAttestations } from './0385-key-attestations.ts';
import { mailTechnologies } from './0390-mail-technologies.ts';
import { openPgpRevocations } from './0395-openpgp-revocations.ts';
import type { Migration } from './migration.ts';

/** All there are, in order. New ones are added at the end; one that was ever released is never changed. */
export const migrations: readonly Migration[] = [
  practice,
  vault,
  people,
  certificates,
  jobs,
  auditLog,
  openPgp,
  tokens,
  mailSetups,
  fingerprints,
  listChunks,
  holds,
  profiles,
  deltaLists,
  delegates,
  rollover,
  compromisedKeys,
  outsideRequests,
  authorityRequests,
  tokenLosses,
  operatorRoles,
  secondFactors,
  backups,
  authorityRequestFiles,
  operatorCards,
  escrow,
  approvals,
  auditWords,
  incidents,
  mailPackages,
  archivedLeaves,
  listPoints,
  mailTests,
  personLanguage,
  applications,
  keyAttestations,
  mailTechnologies,
  openPgpRevocations,
];
