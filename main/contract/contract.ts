import { account } from './account.ts';
import { applications } from './applications.ts';
import { approvals } from './approvals.ts';
import { audit } from './audit.ts';
import { authorities } from './authorities.ts';
import { backup } from './backup.ts';
import { certificates } from './certificates.ts';
import { device } from './device.ts';
import { enrollment } from './enrollment.ts';
import { escrow } from './escrow.ts';
import { incidents } from './incidents.ts';
import { ocsp } from './ocsp.ts';
import { offline } from './offline.ts';
import { keys } from './keys.ts';
import { openpgp } from './openpgp.ts';
import { mail } from './mail.ts';
import { messages } from './messages.ts';
import { operators } from './operators.ts';
import { people } from './people.ts';
import { policies } from './policies.ts';
import { reports } from './reports.ts';
import { profiles } from './profiles.ts';
import { requests } from './requests.ts';
import { sinks } from './sinks.ts';
import { submission } from './submission.ts';
import { session } from './session.ts';
import { tools } from './tools.ts';
import { tokens } from './tokens.ts';
import { viewer } from './viewer.ts';
import { witnesses } from './witnesses.ts';
import { workspace } from './workspace.ts';

/** Everything a user interface may ask of the core, by area. */
export const contract = {
  account,
  applications,
  approvals,
  audit,
  authorities,
  backup,
  certificates,
  device,
  enrollment,
  escrow,
  incidents,
  keys,
  mail,
  messages,
  ocsp,
  offline,
  openpgp,
  operators,
  people,
  policies,
  profiles,
  reports,
  requests,
  session,
  sinks,
  submission,
  tokens,
  tools,
  viewer,
  witnesses,
  workspace,
};

export type Contract = typeof contract;
export type Area = keyof Contract;
