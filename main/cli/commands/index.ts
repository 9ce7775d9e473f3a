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

/** Commands that belong together in the help. */
export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly CliCommand[];
}

export const commandGroups: readonly CommandGroup[] = [
  { title: 'The practice', commands: [...workspaceCommands, ...policyCommands, ...demoCommands] },
  { title: 'Who signs in', commands: [...operatorCommands, ...secondFactorCommands, ...operatorCardCommands] },
  { title: 'What is asked for and approved', commands: [...applicationCommands, ...approvalCommands] },
  { title: 'People', commands: [...peopleCommands, ...enrollCommands] },
  { title: 'Certificates', commands: [...certificateCommands, certificateImport, ...outsideRequestCommands, ...keyCommands] },
  { title: 'OpenPGP keys', commands: openPgpCommands },
  { title: 'Mail programs', commands: [...mailCommands, ...mailPackageCommands, ...mailTestCommands, ...submissionCommands] },
  { title: 'Cards and tokens', commands: tokenCommands },
  { title: 'Authorities and profiles', commands: [...authorityCommands, ...requestCommands, ...profileCommands, ...deviceCommands] },
  { title: 'The log', commands: auditCommands },
  { title: 'Escrow and backups', commands: [...escrowCommands, ...backupCommands] },
  { title: 'Looking at files: no practice, nobody signed in', commands: pureTools },
];

/** Every command, in the order of the help. */
export const commands: readonly CliCommand[] = commandGroups.flatMap((group) => group.commands);
