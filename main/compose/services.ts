import type { AuditOrigin } from '../domain/audit/entry.ts';
import { opensCompartment } from '../domain/access/compartment-access.ts';
import type { Sha256, TreeHasher } from '../domain/audit/hash.ts';
import type { VerifyEd25519 } from '../domain/audit/signed-note.ts';
import type { CheckpointSheetWords } from '../domain/locale/checkpoint-sheet-words.ts';
import type { IncidentWords } from '../domain/locale/incident-words.ts';
import type { HandoverPages } from '../domain/locale/handover-words.ts';
import type { MailLocale } from '../domain/locale/word-mail.ts';
import type { FindingLocale } from '../domain/locale/word-finding.ts';
import type { ErrorLocale } from '../domain/locale/word-error.ts';
import type { PfxPrimitives } from '../domain/pfx/primitives.ts';
import type { Door } from '../contract/door.ts';
import type { AuditSinks } from '../ports/audit-sinks.ts';
import type { Backups } from '../ports/backups.ts';
import type { CheckpointFolder } from '../ports/checkpoint-folder.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeviceKeychain } from '../ports/device-keychain.ts';
import type { Diagnostics } from '../ports/diagnostics.ts';
import type { IssuanceEngine } from '../ports/issuance.ts';
import type { KeyPairs } from '../ports/key-pairs.ts';
import type { OpenPgp } from '../ports/openpgp.ts';
import type { OpenPgpCards } from '../ports/openpgp-cards.ts';
import type { LogArchive } from '../ports/log-archive.ts';
import type { MailClient } from '../ports/mail-client.ts';
import type { MessageSubmission } from '../ports/message-submission.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { RemoteRequests } from '../ports/remote-requests.ts';
import type { StretchVerifier } from '../ports/stretch-verifier.ts';
import type { ToolPrimitives } from '../ports/tool-primitives.ts';
import type { QrCodes } from '../ports/qr-codes.ts';
import type { Random } from '../ports/random.ts';
import type { Readers } from '../ports/readers.ts';
import type { Tokens, TokenSurvey } from '../ports/tokens.ts';
import type { Vault } from '../ports/vault.ts';
import { createAccountHandlers } from '../services/account.ts';
import { createApplicationHandlers } from '../services/applications.ts';
import { createApprovalHandlers } from '../services/approvals.ts';
import { createAuditHandlers } from '../services/audit.ts';
import { createAuditTrail } from '../services/audit-trail.ts';
import { createAuthorityHandlers, type AuthorityParts } from '../services/authorities.ts';
import { createBackupHandlers } from '../services/backup.ts';
import { createBackupWatch } from '../services/backup-watch.ts';
import { recoverBackups, type BackupRecoveryParts } from '../services/backup-recovery.ts';
import { createCertificateHandlers } from '../services/certificates.ts';
import { createDoor, PushChannel } from '../services/dispatcher.ts';
import { createDeviceHandlers } from '../services/device.ts';
import { createEnrollmentHandlers } from '../services/enrollment.ts';
import { createEscrowHandlers } from '../services/escrow.ts';
import { createErrorReplies, type ErrorReplies } from '../services/error-reply.ts';
import { createFourEyes } from '../services/four-eyes.ts';
import type { Handlers } from '../services/handler.ts';
import { watchSignInCards } from '../services/card-watch.ts';
import { watchIdle } from '../services/idle-lock.ts';
import { pauseJobs } from '../services/job-pause.ts';
import { createIncidentHandlers } from '../services/incidents.ts';
import { createKeyHandlers } from '../services/keys.ts';
import { createKeptCheckpoints } from '../services/kept-checkpoints.ts';
import { createKeyAccess } from '../services/key-access.ts';
import { createListWatch } from '../services/list-watch.ts';
import { recoverArchives } from '../services/log-archiving.ts';
import { createLogKey } from '../services/log-key.ts';
import { createOcspHandlers } from '../services/ocsp.ts';
import { createOfflineHandlers } from '../services/offline-keys.ts';
import { createOwnRecords } from '../services/own-records.ts';
import { OpenAuthorities } from '../services/open-authorities.ts';
import { createOpenPgpHandlers } from '../services/openpgp.ts';
import { createMailHandlers } from '../services/mail.ts';
import { createMessageHandlers } from '../services/messages.ts';
import { recoverMailSetups, type MailRecoveryParts } from '../services/mail-recovery.ts';
import { createOperatorHandlers } from '../services/operators.ts';
import { createPeopleHandlers } from '../services/people.ts';
import { createRequestHandlers } from '../services/requests.ts';
import { createProfileHandlers } from '../services/profiles.ts';
import { createPolicyHandlers } from '../services/policies.ts';
import { createReviewWatch } from '../services/review-watch.ts';
import { createReportHandlers } from '../services/reports.ts';
import { createSinkDeliveries } from '../services/sink-delivery.ts';
import { createSinkWatch } from '../services/sink-watch.ts';
import { createSinkHandlers } from '../services/sinks.ts';
import { createSubmissionHandlers } from '../services/submission.ts';
import { createSessionHandlers, type SessionParts } from '../services/session.ts';
import { createSignInAttempts } from '../services/sign-in-attempts.ts';
import { type Session, SessionRegistry } from '../services/session-registry.ts';
import { createToolHandlers } from '../services/tools.ts';
import { createTokenHandlers } from '../services/tokens.ts';
import { Turns } from '../services/turns.ts';
import { watchEntries } from '../services/watch.ts';
import { createViewerHandlers } from '../services/viewer.ts';
import { createWitnessHandlers } from '../services/witnesses.ts';
import { createWorkspaceHandlers } from '../services/workspace.ts';
import { hmacSha1, hmacSha256 } from './hmac.ts';
import { composeJobs, wordJobErrors } from './jobs.ts';
import { repeat } from './repeat.ts';
import { composeCards, watchTokens } from './tokens.ts';
import type { OpenWorkspace } from './workspace.ts';

export interface ServiceParts {
  readonly workspace: OpenWorkspace;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly diagnostics: Diagnostics;
  readonly engine: IssuanceEngine;
  readonly keyPairs: KeyPairs;
  readonly openPgp: OpenPgp;
  readonly mailClients: readonly MailClient[];
  readonly primitives: Primitives;
  readonly pfxPrimitives: PfxPrimitives;
  readonly toolPrimitives: ToolPrimitives;
  readonly random: Random;
  readonly tokens: Tokens;
  readonly readers: Readers;
  readonly openPgpCards: OpenPgpCards;
  readonly attestationIssuers: readonly Uint8Array[];
  readonly verifyEd25519: VerifyEd25519;
  readonly sha256: Sha256;
  readonly sha1Hex: (octets: Uint8Array) => string;
  readonly sha256Hex: (octets: Uint8Array) => string;
  readonly digestSha256: (octets: Uint8Array) => Uint8Array;
  readonly hasher: TreeHasher;
  readonly errorLocale: ErrorLocale;
  readonly findingLocale: FindingLocale;
  readonly mailLocale: MailLocale;
  readonly handoverPages: HandoverPages;
  readonly incidentWords: IncidentWords;
  readonly checkpointSheetWords: CheckpointSheetWords;
  readonly logGuide: string;
  readonly stretchVerifier: StretchVerifier;
  readonly remoteRequests: RemoteRequests;
  readonly messageSubmission: MessageSubmission;
  readonly backups: Backups;
  readonly keychain: DeviceKeychain;
  readonly backupGuide: string;
  readonly checkpointFolder: CheckpointFolder;
  readonly qrCodes: QrCodes;
  readonly auditSinks: AuditSinks;
  readonly logArchive: LogArchive;
  readonly logVerifier: () => Uint8Array;
  readonly origin: Omit<AuditOrigin, 'host'>;
  readonly giveWay: () => Promise<void>;
  readonly peopleInUnit?: number | undefined;
  readonly lookForIdleEvery?: number | undefined;
  readonly proofLasts: number;
  /** Soon after a session has ended. */
  readonly collectGarbage?: (() => void) | undefined;
}

const reportAs = (errors: ErrorReplies, call: string) => (error: unknown) => void errors.reply(error, call);

/** Puts the services together behind the one door, once what an earlier process left open is ended. */
export async function composeServices(parts: ServiceParts): Promise<Door> {
  const pushes = new PushChannel();
  const errors = createErrorReplies({ ...parts, locale: parts.errorLocale });
  const shared = composeShared(parts, pushes, errors);
  const { sessions, auditTrail, kept } = shared;
  const jobs = composeJobs(shared);
  const pausing = pauseWithSessions(shared, jobs);
  const again = { ...shared, repeat };
  const stopIdleLock = watchIdle({ ...again, lookEvery: parts.lookForIdleEvery ?? 5000, report: reportAs(errors, 'session.lock') });
  const stopCardWatch = watchSignInCards({ ...again, report: reportAs(errors, 'session.lock') });
  const tokenWatch = watchTokens(parts, sessions, pushes, closingAuthorities(shared, errors));
  const isThere = (session: Session) => sessions.isThere(session);
  const listWatch = createListWatch({ ...again, isThere, report: reportAs(errors, 'authorities.crlDue') });
  const backupWatch = createBackupWatch({
    ...again,
    send: (messages) => pushes.send(messages),
    report: reportAs(errors, 'backup.create'),
  });
  const sinkWatch = createSinkWatch({ ...again, report: reportAs(errors, 'sinks.deliver') });
  const reviewWatch = createReviewWatch({ ...again, report: reportAs(errors, 'incidents.list') });
  const onKeyOpen: AuthorityParts['onKeyOpen'] = (session, host) => {
    jobs.resumeFor(session, host);
    listWatch.begin(session, host);
  };
  const onSignIn: SessionParts['onSignIn'] = (session, host) => {
    onKeyOpen(session, host);
    backupWatch.begin(host);
    reviewWatch.begin();
  };
  const handlers = composeHandlers(shared, { jobs, tokenWatch, onSignIn, onKeyOpen });
  await recoverAll(shared, errors);
  const door = createDoor({
    handlers,
    sessions,
    auditTrail,
    fourEyes: createFourEyes(shared),
    ownRecords: createOwnRecords(shared),
    proofLasts: shared.proofLasts,
    pushes,
    errors,
    clock: parts.clock,
    close: () =>
      closeAll(parts, jobs, [
        { stop: stopIdleLock },
        { stop: stopCardWatch },
        { stop: pausing },
        tokenWatch,
        listWatch,
        backupWatch,
        sinkWatch,
        reviewWatch,
        { stop: () => kept.settled() },
      ]),
  });
  return beforeEach(door, (host) => sinkWatch.begin(host));
}

/** The key of an authority whose token has gone is closed, and the log says so. */
const closingAuthorities =
  ({ openAuthorities, auditTrail, pushes }: ReturnType<typeof composeShared>, errors: ErrorReplies) =>
  (seen: TokenSurvey): void => {
    for (const { operator, authority, token } of openAuthorities.closeAbsent(seen)) {
      const entry = { action: 'authority.close-key', operator, host: 'core', subject: { authority, token }, outcome: 'success' } as const;
      auditTrail.enter(entry).catch(reportAs(errors, 'authorities.closeKey'));
      pushes.send([{ name: 'tokens.changed', payload: { tokens: [token] } }]);
    }
  };

const beforeEach = (door: Door, act: (host: AuditOrigin['host']) => void): Door => ({
  ...door,
  call: (name, input, caller) => {
    act(caller.host);
    return door.call(name, input, caller);
  },
});

/** Gives what resolves when nothing is being paused any more. */
function pauseWithSessions(shared: ReturnType<typeof composeShared>, { runner }: Pick<ReturnType<typeof composeJobs>, 'runner'>) {
  let pausing: Promise<void> = Promise.resolve();
  shared.sessions.onEnded((ended, left) => {
    pausing = pausing
      .then(() => pauseJobs({ ...shared, runner }, ended, left))
      .catch((error: unknown) => void shared.errors.reply(error, 'enrollment.pause'));
  });
  return () => pausing;
}

/** What the services of more than one area work with. */
function composeShared(parts: ServiceParts, pushes: PushChannel, errors: ReturnType<typeof createErrorReplies>) {
  const { database } = parts.workspace;
  const read = () => database.read;
  const keyAccess = createKeyAccess({ ...parts, read });
  const logKey = createLogKey({ ...parts, read, keyAccess });
  const sessions = new SessionRegistry();
  sessions.onEnded((_, left) => {
    if (!left.some(({ operator }) => opensCompartment(operator.role, 'audit'))) logKey.close();
  });
  const openAuthorities = new OpenAuthorities(parts.sha256Hex);
  sessions.onEnded(({ unlocked }) => openAuthorities.closeAll(unlocked));
  sessions.onEnded(() => parts.collectGarbage?.());
  const auditTrail = createAuditTrail({ ...parts, database, logKey, watch: watchEntries, announce: (message) => pushes.send([message]) });
  const sinkDeliveries = createSinkDeliveries({ ...parts, read, auditTrail, sendNews: (messages) => pushes.send(messages) });
  return {
    ...parts,
    tokens: composeCards(parts),
    read,
    sinkDeliveries,
    attempts: createSignInAttempts({ ...parts, read }),
    hmacSha1,
    hmacSha256,
    keyAccess,
    logKey,
    sessions,
    openAuthorities,
    tokenTurns: new Turns(),
    pushes,
    auditTrail,
    errors,
    database,
    kept: createKeptCheckpoints({ ...parts, read, auditTrail, report: reportAs(errors, 'audit.keepCheckpoints') }),
    directory: parts.workspace,
    version: parts.origin.version,
  };
}

interface Watches extends Pick<SessionParts, 'onSignIn'>, Pick<AuthorityParts, 'onKeyOpen'> {
  readonly jobs: ReturnType<typeof composeJobs>;
  readonly tokenWatch: ReturnType<typeof watchTokens>;
}

const composeHandlers = (shared: ReturnType<typeof composeShared>, { jobs, tokenWatch, onSignIn, onKeyOpen }: Watches): Handlers => ({
  account: createAccountHandlers(shared),
  applications: createApplicationHandlers(shared),
  approvals: createApprovalHandlers(shared),
  audit: createAuditHandlers(shared),
  authorities: createAuthorityHandlers({ ...shared, onKeyOpen }),
  backup: createBackupHandlers(shared),
  certificates: createCertificateHandlers({ ...shared, wordError: wordJobErrors(shared.errorLocale) }),
  device: createDeviceHandlers(shared),
  enrollment: createEnrollmentHandlers(jobs),
  escrow: createEscrowHandlers(shared),
  incidents: createIncidentHandlers(shared),
  ocsp: createOcspHandlers(shared),
  offline: createOfflineHandlers(shared),
  keys: createKeyHandlers(shared),
  openpgp: createOpenPgpHandlers(shared),
  submission: createSubmissionHandlers(shared),
  messages: createMessageHandlers(shared),
  mail: createMailHandlers({ ...shared, wordError: wordJobErrors(shared.errorLocale) }),
  operators: createOperatorHandlers(shared),
  people: createPeopleHandlers(shared),
  policies: createPolicyHandlers(shared),
  profiles: createProfileHandlers(shared),
  reports: createReportHandlers({ ...shared, runner: jobs.runner }),
  requests: createRequestHandlers(shared),
  sinks: createSinkHandlers(shared),
  session: createSessionHandlers({ ...shared, onSignIn }),
  tokens: createTokenHandlers({ ...shared, tokenWatch, wordError: wordJobErrors(shared.errorLocale) }),
  tools: createToolHandlers(shared),
  viewer: createViewerHandlers(shared),
  witnesses: createWitnessHandlers(shared),
  workspace: createWorkspaceHandlers(shared),
});

/** Ends what an earlier process left open. */
async function recoverAll(
  parts: Omit<BackupRecoveryParts & MailRecoveryParts, 'report'> & Pick<ServiceParts, 'logArchive'>,
  errors: ReturnType<typeof createErrorReplies>,
): Promise<void> {
  await recoverBackups({ ...parts, report: reportAs(errors, 'backup.create') });
  await recoverArchives({ ...parts, report: reportAs(errors, 'audit.archive') });
  await recoverMailSetups({ ...parts, report: reportAs(errors, 'mail.export') });
}

async function closeAll(
  parts: ServiceParts,
  jobs: ReturnType<typeof composeJobs>,
  watches: readonly { stop(): void | Promise<void> }[],
): Promise<void> {
  for (const watch of watches) await watch.stop();
  await jobs.runner.stopAll();
  await parts.engine.close();
  parts.tokens.close();
  await parts.workspace.database.close();
}
