import { realpathSync, statSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import { chooseCertificates, identitiesOf, shownAddresses } from '../../../domain/mail-client/choose-certificates.ts';
import { requireFit } from '../../../domain/mail-client/fitness.ts';
import { judgeReading } from '../../../domain/mail-client/judge-reading.ts';
import { librariesOf } from '../../../domain/mail-client/thunderbird/driver-list.ts';
import {
  mailClientNames,
  type MailCertificate,
  type MailIdentity,
  type MailReading,
  type MailWrite,
} from '../../../domain/mail-client/mail-client.ts';
import type { MailChange, MailClient, MailKeys, MailProfile, MailProfileRequest, Recovery } from '../../../ports/mail-client.ts';
import type { KeyEngine } from '../engines/key-engine.ts';
import { replaceFile, type ReplaceFile } from './client-files.ts';
import type { KnownProfile, Program } from './program.ts';
import { undoFolderOf } from './undo-folder.ts';
import { sweepWorkbenches, withWorkbench, type Workbench } from './workbench.ts';

interface Parts {
  readonly program: Program;
  readonly replace: ReplaceFile;
  readonly busy: Set<string>;
}

/** A mail program as the port wants it: changed on a copy, read back there, swapped in, read back again. */
export function createMailClient(program: Program, replace: ReplaceFile = replaceFile): MailClient {
  const parts: Parts = { program, replace, busy: new Set() };
  return {
    id: program.id,
    keyForm: program.keyForm,
    takesCards: program.withCards !== undefined,
    detect: async () => {
      const profiles = program.knownProfiles().map((known) => glance(program, known));
      return { isInstalled: program.isInstalled() || profiles.length > 0, profiles };
    },
    find: async (directory) => readProfile(program, directory ?? defaultProfile(program)),
    plan: (request, counts) => plan(program, request, counts),
    read: async (request) => {
      refuseOpen(parts, request.profile.path);
      return read(parts, request);
    },
    apply: (request, keys, change) => alone(parts, request.profile.path, () => apply(parts, request, keys, change)),
    recover: async (directory, change, isRecorded) => recover(parts, directory, change, isRecorded),
  };
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** @throws AppError not-found, client.unreadable */
function readProfile(program: Program, directory: string): MailProfile {
  if (!isAbsolute(directory) || !isDirectory(directory)) throw new AppError('not-found', 'There is no such profile.', { what: 'profile' });
  const path = realpathSync(directory);
  const known = program.knownProfiles().find((candidate) => realpathSync(candidate.path) === path);
  const { name = basename(path), isDefault = false } = known ?? {};
  return { path, name, isDefault, ...sendersIn(program, path), isOpen: program.isOpen(path) };
}

const sendersIn = ({ isAnybodys = false, identitiesIn }: Program, path: string) => ({ identities: identitiesIn(path), isAnybodys });

/** For a list: what cannot be read has no identities. */
function glance(program: Program, known: KnownProfile): MailProfile {
  const isOpen = program.isOpen(known.path);
  try {
    return { ...known, ...sendersIn(program, known.path), isOpen };
  } catch (error) {
    if (error instanceof AppError) return { ...known, identities: [], isOpen };
    throw error;
  }
}

/** @throws AppError client.no-profile unless there is exactly one profile, or one that is the default */
function defaultProfile(program: Program): string {
  const profiles = program.knownProfiles();
  const defaults = profiles.filter(({ isDefault }) => isDefault);
  const [only, ...more] = defaults.length > 0 ? defaults : profiles;
  if (only !== undefined && more.length === 0) return only.path;
  const paths = profiles.map(({ path }) => path);
  const there = paths.length === 0 ? 'there is none' : `there are ${paths.join(', ')}`;
  throw new AppError(
    'client.no-profile',
    `It is not clear which profile is meant: ${there}.`,
    paths.length === 0 ? {} : { profiles: paths },
  );
}

function refuseOpen({ program }: Parts, profile: string): void {
  if (program.isOpen(profile)) throw new AppError('client.open', `${mailClientNames[program.id]} has this profile open.`);
}

function plan(program: Program, { profile, setup }: MailProfileRequest, { keys, certificates }: MailKeys['counts']): MailWrite[] {
  const identities = theirs(profile, setup);
  for (const identity of identities) chooseCertificates(setup, identity);
  requireFit(program.id, setup.certificates);
  const settings = program.countSettings(setup, identities);
  const writes: MailWrite[] = [
    { file: program.planned.keys, kind: 'private-keys', count: keys },
    { file: program.planned.certificates, kind: 'certificates', count: certificates },
    { file: program.planned.trust, kind: 'trust', count: setup.issuers.filter(({ isRoot }) => isRoot).length },
    { file: program.planned.settings, kind: 'preferences', count: settings },
    { file: program.planned.certificates, kind: 'recipients', count: setup.recipients?.length ?? 0 },
    { file: program.layout.withheld ?? '', kind: 'drivers', count: librariesOf(setup).length },
  ];
  const onlySome = new Set<MailWrite['kind']>(['private-keys', 'preferences', 'recipients', 'drivers']);
  return writes.filter(({ kind, count }) => !onlySome.has(kind) || count > 0);
}

/** @throws AppError client.no-identity */
function theirs(profile: MailProfile, setup: MailProfileRequest['setup']): readonly MailIdentity[] {
  const identities = identitiesOf(profile, setup.mailboxes);
  if (identities.length > 0) return identities;
  const addresses = shownAddresses(profile.identities.map(({ address }) => address));
  const has = addresses.length === 0 ? 'no address at all' : addresses.join(', ');
  const details = addresses.length === 0 ? {} : { addresses };
  throw new AppError('client.no-identity', `No account of this profile sends as one of their mailboxes; it has ${has}.`, details);
}

function onCopy<T>(
  { program }: Parts,
  { profile, password }: MailProfileRequest,
  use: (bench: Workbench, keys: KeyEngine) => Promise<T>,
): Promise<T> {
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

/** On a copy: looking at a profile leaves no trace in it. */
const read = (parts: Parts, request: MailProfileRequest): Promise<MailReading> =>
  onCopy(parts, request, (bench, keys) =>
    readAll(parts.program, bench.directory, { setup: request.setup, keys, withheld: bench.withheld() }),
  );

interface Looking {
  readonly setup: MailProfileRequest['setup'];
  readonly keys: KeyEngine;
  readonly withheld: Uint8Array | undefined;
}

/** What the program works with, and to whom it could encrypt. */
async function readAll(program: Program, directory: string, { setup, keys, withheld }: Looking): Promise<MailReading> {
  const reading = await program.read(directory, setup, keys, withheld);
  const missingRecipients: MailCertificate[] = [];
  for (const { certificate } of setup.recipients ?? [])
    if (!(await keys.holds(certificate)) || !(await keys.accepts(certificate, 'encrypt'))) missingRecipients.push(certificate);
  return { ...reading, missingRecipients };
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

async function apply(parts: Parts, request: MailProfileRequest, keys: MailKeys, change: string): Promise<MailChange> {
  const { path } = request.profile;
  const undo = undoFolderOf(parts.program.layout, path);
  refuseOpen(parts, path);
  plan(parts.program, request, keys.counts);
  endInterrupted(parts, path);
  const changes = await onCopy(parts, request, (bench, engine) => prepare(parts.program, request, keys, bench, engine));
  refuseOpen(parts, path);
  undo.open(change, changes);
  /** What came out otherwise than it was written is taken back too: nobody else has worked on a profile that is closed. */
  const takeBack = (): void => void undo.restore({ isOurs: !parts.program.isOpen(path) });
  try {
    for (const { name, after } of changes) parts.replace(join(path, name), after);
    requireReady(await read(parts, request));
  } catch (error) {
    takeBack();
    throw error;
  }
  return { keep: undo.remove, undo: takeBack };
}

async function prepare(program: Program, { profile, setup }: MailProfileRequest, keys: MailKeys, bench: Workbench, engine: KeyEngine) {
  await engine.importKeys(keys);
  for (const issuer of setup.issuers) await engine.addIssuer(issuer);
  await addRecipients(setup, engine);
  await program.write(bench.directory, identitiesOf(profile, setup.mailboxes), setup, engine);
  const before = bench.withheld();
  const withheld = before === undefined ? undefined : (program.withCards?.(before, setup) ?? before);
  requireReady(await readAll(program, bench.directory, { setup, keys: engine, withheld }));
  return bench.changes(withheld);
}

/** One that is there stays as it is. */
async function addRecipients({ recipients = [] }: MailProfileRequest['setup'], engine: KeyEngine): Promise<void> {
  for (const { certificate, label } of recipients)
    if (!(await engine.holds(certificate))) await engine.addIssuer({ der: certificate.der, label, isRoot: false });
}

/** @throws AppError client.not-ready */
function requireReady(reading: MailReading): void {
  const findings = [...new Set(judgeReading(reading).map(({ code }) => code))];
  if (findings.length > 0)
    throw new AppError('client.not-ready', `Read back, mail would not be signed and encrypted: ${findings.join(', ')}.`, { findings });
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
