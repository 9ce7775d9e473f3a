import { proofLasts } from './domain/access/step-up.ts';
import { hostname } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { auditSinks } from './adapters/audit-sinks/index.ts';
import { ageBackups } from './adapters/backups/age.ts';
import { directoryFolder } from './adapters/checkpoint-folders/directory.ts';
import { systemClock } from './adapters/clock/system.ts';
import { systemKeychain } from './adapters/device-keychains/system.ts';
import { stderrDiagnostics } from './adapters/diagnostics/stderr.ts';
import { createWorkerEngine } from './adapters/issuance/worker-engine.ts';
import { nodeKeyPairs } from './adapters/key-pairs/node.ts';
import { lineFileArchive } from './adapters/log-archives/line-file.ts';
import { createVault } from './adapters/key-stores/vault/vault.ts';
import { mailClients } from './adapters/mail-clients/index.ts';
import { createOpenPgpThreads } from './adapters/openpgp/thread.ts';
import { nodePrimitives } from './adapters/primitives/node.ts';
import { toolPrimitives } from './adapters/primitives/tools.ts';
import { pfxPrimitives } from './adapters/primitives/pfx.ts';
import { verifyEd25519 } from './adapters/primitives/verify-ed25519.ts';
import { qrCodes } from './adapters/qr-codes/qr.ts';
import { nodeRandom } from './adapters/random/node-random.ts';
import {
  backupGuide,
  checkpointSheetWords,
  errorLocale,
  findingLocale,
  handoverPages,
  incidentWords,
  logGuide,
  mailLocale,
} from './compose/locale.ts';
import { logVerifier } from './compose/log-verifier.ts';
import { createSmtpSubmission } from './adapters/message-submission/smtp.ts';
import { createRemoteRequests } from './adapters/remote-requests/http.ts';
import { createVerifierThreads } from './adapters/stretch-verifiers/threads.ts';
import { digestSha256, sha1Hex, sha256, sha256Hex, treeHasher } from './compose/primitives.ts';
import { workerEntry } from './compose/worker-entry.ts';
import { noWorkspace, openWorkspace, type OpenWorkspace } from './compose/workspace.ts';
import { yubicoAttestationIssuers } from './domain/piv/yubico-issuers.ts';
import type { Door } from './contract/door.ts';
import type { Clock } from './ports/clock.ts';
import type { MailClient } from './ports/mail-client.ts';
import type { Vault } from './ports/vault.ts';
import { composeServices } from './compose/services.ts';
import { composeCardAccess, composeReaders, composeTokens } from './compose/tokens.ts';
import type { Deadlines } from './adapters/tokens/pkcs11.ts';
import type { PcscLiteOptions } from './adapters/readers/pcsc-lite.ts';
import type { TokenModule } from './adapters/tokens/known-modules.ts';
import { version } from './version.ts';

export interface CoreOptions {
  readonly workspaceDirectory: string;
  /** Tests inject cheaper or steadier parts; the product never does. */
  readonly vault?: Vault;
  readonly clock?: Clock;
  readonly mailClients?: readonly MailClient[];
  readonly peopleInUnit?: number;
  /** Milliseconds between two looks for sessions that nobody uses. */
  readonly lookForIdleEvery?: number;
  /** Milliseconds that passphrase or card count for acts that ask who is there. */
  readonly proofLasts?: number;
  readonly tokenModules?: readonly TokenModule[];
  readonly tokenDeadlines?: Deadlines;
  readonly readerService?: PcscLiteOptions;
  /** Who certifies cards that attest, besides Yubico; DER. */
  readonly attestationIssuers?: readonly Uint8Array[];
  /** Where GnuPG's driver of OpenPGP cards may be. */
  readonly openPgpDrivers?: readonly string[];
  /** Has V8 let go of what a session had opened. The core process of the window asks for it; a command line ends. */
  readonly collectGarbage?: () => void;
}

/** Opens the services on a workspace. The only place where adapters meet services. @throws AppError store.* */
export async function openCore(options: CoreOptions): Promise<Door> {
  return openDoor(await openWorkspace(options.workspaceDirectory), options);
}

/** The pure tools alone: no workspace is looked at, and every other call answers `store.not-initialised`. */
export const openTools = async (): Promise<Door> => openDoor(noWorkspace, {});

async function openDoor(workspace: OpenWorkspace, options: Omit<CoreOptions, 'workspaceDirectory'>): Promise<Door> {
  return composeServices({
    workspace,
    clock: options.clock ?? systemClock,
    vault: options.vault ?? createVault(),
    diagnostics: stderrDiagnostics,
    engine: createWorkerEngine(workerEntry('issuance')),
    keyPairs: nodeKeyPairs,
    openPgp: createOpenPgpThreads(workerEntry('openpgp')),
    mailClients: options.mailClients ?? mailClients(),
    primitives: nodePrimitives,
    pfxPrimitives,
    toolPrimitives,
    random: nodeRandom,
    verifyEd25519,
    sha256,
    sha1Hex,
    sha256Hex,
    digestSha256,
    hasher: treeHasher,
    errorLocale,
    findingLocale,
    mailLocale,
    handoverPages,
    incidentWords,
    checkpointSheetWords,
    logGuide,
    remoteRequests: createRemoteRequests(),
    messageSubmission: createSmtpSubmission(),
    stretchVerifier: createVerifierThreads(workerEntry('verification'), workspace.path),
    backups: ageBackups,
    keychain: systemKeychain,
    backupGuide,
    checkpointFolder: directoryFolder,
    qrCodes,
    auditSinks,
    logArchive: lineFileArchive,
    logVerifier,
    giveWay: () => setImmediate(),
    origin: { machine: hostname(), version },
    peopleInUnit: options.peopleInUnit,
    lookForIdleEvery: options.lookForIdleEvery,
    proofLasts: options.proofLasts ?? proofLasts,
    collectGarbage: options.collectGarbage,
    attestationIssuers: [...yubicoAttestationIssuers, ...(options.attestationIssuers ?? [])],
    ...composeCardAccess(
      {
        tokens: composeTokens(options.tokenModules, options.tokenDeadlines),
        readers: composeReaders(options.readerService),
      },
      options.openPgpDrivers,
    ),
  });
}
