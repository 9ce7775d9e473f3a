import { account } from './account/account-feature.ts';
import { certificates } from './certificates/certificates-feature.ts';
import { authorities } from './authorities/authorities-feature.ts';
import { audit } from './audit/audit-feature.ts';
import { backup } from './backup/backup-feature.ts';
import { cards } from './cards/cards-feature.ts';
import { enrol } from './enrol/enrol-feature.ts';
import type { Feature } from './feature.ts';
import { firstRun } from './first-run/first-run.tsx';
import { incidents } from './incidents/incidents-feature.ts';
import { operators } from './operators/operators-feature.ts';
import { own } from './own/own-feature.ts';
import { overview } from './overview/overview.tsx';
import { palette } from './palette/findings.tsx';
import { mailPrograms } from './mail-programs/mail-programs-feature.ts';
import { profiles } from './profiles/profiles-feature.ts';
import { people } from './people/people-feature.ts';
import { settings } from './settings/settings-feature.ts';
import { recovery } from './recovery/recovery-feature.ts';
import { signIn } from './sign-in/sign-in.tsx';
import { viewer } from './viewer/viewer-feature.ts';

/** Everything the window can do, one line an area. */
export const features: readonly Feature[] = [
  firstRun,
  signIn,
  own,
  overview,
  people,
  enrol,
  cards,
  certificates,
  viewer,
  authorities,
  profiles,
  mailPrograms,
  operators,
  account,
  backup,
  recovery,
  audit,
  incidents,
  settings,
  palette,
];
