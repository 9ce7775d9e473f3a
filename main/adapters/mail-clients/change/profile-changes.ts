import { join } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import { identitiesOf, shownAddresses } from '../../../domain/mail-client/choose-certificates.ts';
import { mailClientNames, type MailIdentity } from '../../../domain/mail-client/mail-client.ts';
import type { MailFinding } from '../../../domain/mail-client/mail-finding.ts';
import type { MailChange, MailProfile, Recovery } from '../../../ports/mail-client.ts';
import type { KeyEngine } from '../engines/key-engine.ts';
import type { ReplaceFile } from './client-files.ts';
import type { Program } from './program.ts';
import { undoFolderOf, type FileChange } from './undo-folder.ts';
import { sweepWorkbenches, withWorkbench, type Workbench } from './workbench.ts';

/** One change of a profile, in the order it is made. */
interface ChangeSteps {
  /** Refuses what cannot be. */
  check(): void;
  /** Makes it on a copy, and proves it there. */
  prepare(): Promise<readonly FileChange[]>;
  /** Reads the profile itself back. @throws AppError when it is not as it should be: then everything is taken back */
  prove(): Promise<void>;
}

interface CopyOf {
  readonly profile: MailProfile;
  readonly password?: Uint8Array | undefined;
}

/** How profiles of one program are changed, whatever is changed in them: whole or not at all, and only while they are closed. */
export interface ProfileChanges {
  /** @throws AppError client.open */
  refuseOpen(profile: string): void;
  /** Works on a copy that goes when it is done. */
  onCopy<T>(of: CopyOf, use: (bench: Workbench, keys: KeyEngine) => Promise<T>): Promise<T>;
  /** @throws AppError client.open, conflict, store.*, and what the steps throw */
  apply(profile: string, change: string, steps: ChangeSteps): Promise<MailChange>;
  recover(profile: string, change: string, isRecorded: boolean): Recovery;
}

interface Parts {
  readonly program: Program;
  readonly replace: ReplaceFile;
  readonly busy: Set<string>;
}

export function profileChanges(program: Program, replace: ReplaceFile): ProfileChanges {
  const parts: Parts = { program, replace, busy: new Set() };
  return {
    refuseOpen: (profile) => refuseOpen(parts, profile),
    onCopy: (of, use) => onCopy(parts, of, use),
    apply: (profile, change, steps) => alone(parts, profile, () => apply(parts, profile, change, steps)),
    recover: (profile, change, isRecorded) => recover(parts, profile, change, isRecorded),
  };
}

function refuseOpen({ program }: Parts, profile: string): void {
  if (program.isOpen(profile)) throw new AppError('client.open', `${mailClientNames[program.id]} has this profile open.`);
}

function onCopy<T>({ program }: Parts, { profile, password }: CopyOf, use: (bench: Workbench, keys: KeyEngine) => Promise<T>): Promise<T> {
  const of = { layout: program.layout, profile: profile.path, temporary: program.temporary };
  return withWorkbench(of, async (bench) => {
    const keys = await program.openKeys(bench, password);
    try {
      return await use(bench, keys);
    } finally {
      await keys.close();
    }
  });
}

/** One change of a profile at a time in this process; the folder in the profile keeps other processes off. */
async function alone<T>({ busy }: Parts, profile: string, work: () => Promise<T>): Promise<T> {
  if (busy.has(profile)) throw beingChanged();
  busy.add(profile);
  try {
    return await work();
  } finally {
    busy.delete(profile);
  }
}

const beingChanged = (): AppError => new AppError('conflict', 'This profile is being changed already.', { what: 'profile' });

async function apply(parts: Parts, path: string, change: string, { check, prepare, prove }: ChangeSteps): Promise<MailChange> {
  const undo = undoFolderOf(parts.program.layout, path);
  refuseOpen(parts, path);
  check();
  endInterrupted(parts, path);
  const changes = await prepare();
  refuseOpen(parts, path);
  undo.open(change, changes);
  /** What came out otherwise than it was written is taken back too: nobody else has worked on a profile that is closed. */
  const takeBack = (): void => void undo.restore({ isOurs: !parts.program.isOpen(path) });
  try {
    for (const { name, after } of changes) parts.replace(join(path, name), after);
    await prove();
  } catch (error) {
    takeBack();
    throw error;
  }
  return { keep: undo.remove, undo: takeBack };
}

/** What the person asks for now counts more than what a killed process had begun, and what they did since counts most. */
function endInterrupted({ program }: Parts, path: string): void {
  sweepWorkbenches(program.temporary);
  const undo = undoFolderOf(program.layout, path);
  if (!undo.isThere()) return;
  if (undo.isBeingChanged()) throw beingChanged();
  if (undo.restore({ isOurs: false }) === 'changed-since') undo.remove();
}

function recover(parts: Parts, path: string, change: string, isRecorded: boolean): Recovery {
  const undo = undoFolderOf(parts.program.layout, path);
  sweepWorkbenches(parts.program.temporary);
  if (!undo.isOf(change)) return 'untouched';
  if (isRecorded) {
    undo.remove();
    return 'untouched';
  }
  refuseOpen(parts, path);
  return undo.restore({ isOurs: false });
}

/** The identities of a profile that send as one of these mailboxes. @throws AppError client.no-identity */
export function theirs(profile: MailProfile, mailboxes: readonly string[]): readonly MailIdentity[] {
  const identities = identitiesOf(profile, mailboxes);
  if (identities.length > 0) return identities;
  const addresses = shownAddresses(profile.identities.map(({ address }) => address));
  const has = addresses.length === 0 ? 'no address at all' : addresses.join(', ');
  const details = addresses.length === 0 ? {} : { addresses };
  throw new AppError('client.no-identity', `No account of this profile sends as one of their mailboxes; it has ${has}.`, details);
}

/** @throws AppError client.not-ready */
export function requireReady(found: readonly MailFinding[]): void {
  const findings = [...new Set(found.map(({ code }) => code))];
  if (findings.length > 0)
    throw new AppError('client.not-ready', `Read back, mail would not be signed and encrypted: ${findings.join(', ')}.`, { findings });
}
