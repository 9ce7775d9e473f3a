import type { Sha256 } from '../domain/audit/hash.ts';
import { formatVerifierKey, type NoteKey } from '../domain/audit/signed-note.ts';
import { AppError } from '../domain/errors.ts';
import type { AuthorityAlgorithm } from '../domain/key/algorithm.ts';
import { issuingAuthority } from '../domain/profile/issuing-authority.ts';
import { rootAuthority } from '../domain/profile/root-authority.ts';
import { parsePublishUrl } from '../domain/x509/publication.ts';
import { Secret } from '../contract/secret.ts';
import type { InitResult, SubjectAlgorithm, WorkspaceStatus } from '../contract/workspace.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { SealedKeyRecord } from '../ports/stores/vault.ts';
import type { Vault } from '../ports/vault.ts';
import type { WorkspaceDirectory } from '../ports/workspace.ts';
import type { AreaHandlers, Commit, DoorContext } from './handler.ts';
import { logNoteKey, type LogKey, type LogKeySetting } from './log-key.ts';
import { createAuthority, type NewAuthority, type NewAuthorityParts } from './new-authority.ts';
import { createVaultFor, recordVault, type NewVault } from './new-vault.ts';
import type { Session } from './open-session.ts';
import { presentOperators } from './operator-roster.ts';
import { findPractice, type Practice } from './practice.ts';
import { recordAuthority, type RecordAuthorityParts } from './record-authority.ts';
import type { SessionRegistry } from './session-registry.ts';

export interface WorkspaceParts extends NewAuthorityParts, RecordAuthorityParts {
  readonly read: () => ReadStores;
  readonly directory: WorkspaceDirectory;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly sessions: SessionRegistry;
  readonly logKey: LogKey;
  readonly sha256: Sha256;
  readonly version: string;
}

interface InitInput {
  readonly name: string;
  readonly mailDomain?: string | undefined;
  readonly operator: string;
  readonly passphrase: Secret;
  readonly rootAlgorithm: AuthorityAlgorithm;
  readonly issuingAlgorithm: AuthorityAlgorithm;
  readonly subjectAlgorithm: SubjectAlgorithm;
  readonly publishUrl?: string | undefined;
}

/** What is here, and making a practice where nothing is. */
export function createWorkspaceHandlers(parts: WorkspaceParts): AreaHandlers<'workspace'> {
  return {
    status: async (_, context) => status(parts, context),
    init: async (input, context) => init(parts, input, context),
  };
}

async function status(parts: WorkspaceParts, { session }: DoorContext): Promise<WorkspaceStatus> {
  const stores = await ifInitialised(async () => parts.read());
  const practice = stores && (await findPractice(stores));
  const operators = stores && practice ? await presentOperators(stores) : [];
  return {
    isInitialised: practice !== undefined,
    practiceName: practice?.name ?? null,
    mailDomain: practice?.mailDomain ?? null,
    operators: operators.map(({ name }) => name),
    signedIn: session === undefined || stores === undefined ? null : await signedIn(stores, session),
    version: parts.version,
  };
}

/** Which person they are may have changed since they signed in. */
async function signedIn(stores: ReadStores, { operator: { id, name, role } }: Session): Promise<WorkspaceStatus['signedIn']> {
  return { operatorId: id, name, role, personId: (await stores.operators.find(id))?.personId ?? null };
}

async function ifInitialised<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof AppError && error.code === 'store.not-initialised') return undefined;
    throw error;
  }
}

/** Everything slow first (keys, Argon2id), then one unit: either the whole practice is there or nothing. */
async function init(parts: WorkspaceParts, input: InitInput, context: DoorContext): Promise<Commit<InitResult>> {
  const publishUrl = input.publishUrl === undefined ? undefined : parsePublishUrl(input.publishUrl);
  await parts.directory.create();
  await refuseSecondPractice(parts.read());
  const made = await makePractice(parts, { ...input, publishUrl });
  return async (stores, { time }) => {
    await refuseSecondPractice(stores);
    await recordPractice(parts, stores, made, time);
    parts.logKey.use(made.noteKey, made.vault.logKey.signer);
    const operator = { ...made.vault.operator, createdAt: time, lastSignInAt: time, removedAt: null };
    return {
      value: {
        operatorId: operator.id,
        rootAuthorityId: made.root.id,
        issuingAuthorityId: made.issuing.id,
        recoveryCode: new Secret(made.vault.recoveryCode),
      },
      operator: operator.id,
      subject: { rootAuthority: made.root.id, issuingAuthority: made.issuing.id },
      afterwards: () => {
        const { connection, host } = context.caller;
        parts.sessions.begin(connection, { operator, unlocked: made.vault.unlocked, host });
        parts.sessions.prove(connection, parts.clock.now());
      },
    };
  };
}

async function refuseSecondPractice(stores: ReadStores): Promise<void> {
  if ((await findPractice(stores)) !== undefined) throw new AppError('conflict', 'There is a practice here already.', { what: 'practice' });
}

/** A whole practice, ready to be written down. */
interface NewPractice {
  readonly practice: Practice;
  readonly vault: NewVault;
  readonly noteKey: NoteKey;
  readonly root: NewAuthority;
  readonly issuing: NewAuthority;
  readonly sealedKeys: readonly [root: SealedKeyRecord, issuing: SealedKeyRecord];
}

async function makePractice(parts: WorkspaceParts, input: InitInput): Promise<NewPractice> {
  const vault = await createVaultFor(parts, input.operator, input.passphrase.reveal());
  const workspaceId = parts.random.uuid();
  const shared = { practiceName: input.name, publishUrl: input.publishUrl };
  const root = await createAuthority(
    parts,
    { ...shared, profile: rootAuthority, commonName: `${input.name} Root`, algorithm: input.rootAlgorithm },
    parts.clock.now(),
  );
  const order = {
    ...shared,
    profile: issuingAuthority,
    commonName: `${input.name} Issuing 1`,
    algorithm: input.issuingAlgorithm,
    parent: root,
  };
  const issuing = await createAuthority(parts, order, parts.clock.now());
  return {
    practice: { workspaceId, name: input.name, mailDomain: input.mailDomain ?? null, subjectAlgorithm: input.subjectAlgorithm },
    vault,
    noteKey: logNoteKey(workspaceId, vault.logKey.publicKey, parts.sha256),
    root,
    issuing,
    sealedKeys: [sealAndWipe(vault, root), sealAndWipe(vault, issuing)],
  };
}

function sealAndWipe(vault: NewVault, { keyId, pair }: NewAuthority): SealedKeyRecord {
  const sealed = vault.sealAuthorityKey(keyId, pair.pkcs8);
  pair.pkcs8.fill(0);
  return sealed;
}

async function recordPractice(parts: WorkspaceParts, stores: Stores, made: NewPractice, time: string): Promise<void> {
  await recordVault(stores, made.vault, time);
  await recordAuthority(parts, stores, made.root, made.sealedKeys[0], undefined, time);
  await recordAuthority(parts, stores, made.issuing, made.sealedKeys[1], made.root, time);
  const logKey: LogKeySetting = { keyId: made.vault.logKey.keyId, vkey: formatVerifierKey(made.noteKey) };
  await stores.settings.put('log-key', JSON.stringify(logKey));
  await stores.settings.put('practice', JSON.stringify(made.practice));
}
