import type { CliCommand } from '../command.ts';
import { applicationCommands } from './applications.ts';
import { approvalCommands } from './approvals.ts';
import { auditCommands } from './audit.ts';
import { authorityCommands } from './authorities.ts';
import { backupCommands } from './backup.ts';
import { certificateImport } from './certificate-import.ts';
import { certificateCommands } from './certificates.ts';
import { demoCommands } from './demo.ts';
import { escrowCommands } from './escrow.ts';
import { deviceCommands } from './device.ts';
import { enrollCommands } from './enroll.ts';
import { openPgpCommands } from './openpgp.ts';
import { keyCommands } from './keys.ts';
import { mailCommands } from './mail.ts';
import { mailPackageCommands } from './mail-packages.ts';
import { mailTestCommands } from './mail-test.ts';
import { submissionCommands } from './submission.ts';
import { outsideRequestCommands } from './outside-requests.ts';
import { operatorCardCommands } from './operator-cards.ts';
import { operatorCommands } from './operators.ts';
import { peopleCommands } from './people.ts';
import { secondFactorCommands } from './second-factor.ts';
import { tokenCommands } from './tokens.ts';
import { policyCommands } from './policies.ts';
import { profileCommands } from './profiles.ts';
import { requestCommands } from './requests.ts';
import { pureTools } from './pure/pure-tools.ts';
import { workspaceCommands } from './workspace.ts';

/** Every command, in the order of the help. */
export const commands: readonly CliCommand[] = [
  ...workspaceCommands,
  ...operatorCommands,
  ...secondFactorCommands,
  ...operatorCardCommands,
  ...policyCommands,
  ...applicationCommands,
  ...approvalCommands,
  ...deviceCommands,
  ...demoCommands,
  ...peopleCommands,
  ...enrollCommands,
  ...certificateCommands,
  certificateImport,
  ...outsideRequestCommands,
  certificateImport,
  ...keyCommands,
  ...openPgpCommands,
  ...mailCommands,
  ...mailPackageCommands,
  ...mailTestCommands,
  ...submissionCommands,
  ...tokenCommands,
  ...authorityCommands,
  ...requestCommands,
  ...profileCommands,
  ...auditCommands,
  ...escrowCommands,
  ...backupCommands,
  ...pureTools,
];
