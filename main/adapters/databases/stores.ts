import type { ReadStores, Stores } from '../../ports/database.ts';
import type { ReadConnection, WriteConnection } from './connection.ts';
import { applicationReader, applicationStore } from './queries/applications.ts';
import { approvalReader, approvalStore } from './queries/approvals.ts';
import { archiveReader, archiveStore } from './queries/archives.ts';
import { auditLogReader, auditLogStore } from './queries/audit-log.ts';
import { authorityReader, authorityStore } from './queries/authorities.ts';
import { backupReader, backupStore } from './queries/backups.ts';
import { certificateReader, certificateStore } from './queries/certificates.ts';
import { delegateReader, delegateStore } from './queries/delegates.ts';
import { compromisedKeyReader, compromisedKeyStore } from './queries/compromised-keys.ts';
import { escrowReader, escrowStore } from './queries/escrow.ts';
import { incidentReader, incidentStore } from './queries/incidents.ts';
import { jobReader, jobStore } from './queries/jobs.ts';
import { keyReader, keyStore } from './queries/keys.ts';
import { openPgpReader, openPgpStore } from './queries/openpgp.ts';
import { mailPackageReader, mailPackageStore } from './queries/mail-packages.ts';
import { mailSetupReader, mailSetupStore } from './queries/mail-setups.ts';
import { mailTestReader, mailTestStore } from './queries/mail-tests.ts';
import { operatorCardReader, operatorCardStore } from './queries/operator-cards.ts';
import { operatorReader, operatorStore } from './queries/operators.ts';
import { outsideRequestReader, outsideRequestStore } from './queries/outside-requests.ts';
import { peopleReader, peopleStore } from './queries/people.ts';
import { profileReader, profileStore } from './queries/profiles.ts';
import { secondFactorReader, secondFactorStore } from './queries/second-factors.ts';
import { settingsReader, settingsStore } from './queries/settings.ts';
import { tokenReader, tokenStore } from './queries/tokens.ts';
import { vaultReader, vaultStore } from './queries/vault.ts';

export const readStores = (connection: ReadConnection): ReadStores => ({
  applications: applicationReader(connection),
  approvals: approvalReader(connection),
  archives: archiveReader(connection),
  auditLog: auditLogReader(connection),
  authorities: authorityReader(connection),
  backups: backupReader(connection),
  certificates: certificateReader(connection),
  delegates: delegateReader(connection),
  compromisedKeys: compromisedKeyReader(connection),
  escrow: escrowReader(connection),
  incidents: incidentReader(connection),
  jobs: jobReader(connection),
  keys: keyReader(connection),
  openPgp: openPgpReader(connection),
  mailPackages: mailPackageReader(connection),
  mailSetups: mailSetupReader(connection),
  mailTests: mailTestReader(connection),
  operatorCards: operatorCardReader(connection),
  operators: operatorReader(connection),
  outsideRequests: outsideRequestReader(connection),
  people: peopleReader(connection),
  profiles: profileReader(connection),
  secondFactors: secondFactorReader(connection),
  settings: settingsReader(connection),
  tokens: tokenReader(connection),
  vault: vaultReader(connection),
});

export const stores = (connection: WriteConnection): Stores => ({
  applications: applicationStore(connection),
  approvals: approvalStore(connection),
  archives: archiveStore(connection),
  auditLog: auditLogStore(connection),
  authorities: authorityStore(connection),
  backups: backupStore(connection),
  certificates: certificateStore(connection),
  delegates: delegateStore(connection),
  compromisedKeys: compromisedKeyStore(connection),
  escrow: escrowStore(connection),
  incidents: incidentStore(connection),
  jobs: jobStore(connection),
  keys: keyStore(connection),
  openPgp: openPgpStore(connection),
  mailPackages: mailPackageStore(connection),
  mailSetups: mailSetupStore(connection),
  mailTests: mailTestStore(connection),
  operatorCards: operatorCardStore(connection),
  operators: operatorStore(connection),
  outsideRequests: outsideRequestStore(connection),
  people: peopleStore(connection),
  profiles: profileStore(connection),
  secondFactors: secondFactorStore(connection),
  settings: settingsStore(connection),
  tokens: tokenStore(connection),
  vault: vaultStore(connection),
});
