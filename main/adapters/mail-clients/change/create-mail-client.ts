import { realpathSync, statSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import { chooseCertificates, identitiesOf } from '../../../domain/mail-client/choose-certificates.ts';
import { requireFit } from '../../../domain/mail-client/fitness.ts';
import { judgeReading } from '../../../domain/mail-client/judge-reading.ts';
import { librariesOf } from '../../../domain/mail-client/thunderbird/driver-list.ts';
import type { MailCertificate, MailReading, MailWrite } from '../../../domain/mail-client/mail-client.ts';
import type { MailChange, MailClient, MailKeys, MailProfile, MailProfileRequest } from '../../../ports/mail-client.ts';
import type { KeyEngine } from '../engines/key-engine.ts';
import { replaceFile, type ReplaceFile } from './client-files.ts';
import { openPgpHandOver } from './openpgp-hand-over.ts';
import { profileChanges, requireReady, theirs, type ProfileChanges } from './profile-changes.ts';
import type { KnownProfile, Program } from './program.ts';
import type { Workbench } from './workbench.ts';

interface Parts {
  readonly program: Program;
  readonly changes: ProfileChanges;
}

/** A mail program as the port wants it: changed on a copy, read back there, swapped in, read back again. */
export function createMailClient(program: Program, replace: ReplaceFile = replaceFile): MailClient {
  const parts: Parts = { program, changes: profileChanges(program, replace) };
  const { changes } = parts;
  return {
    id: program.id,
    keyForm: program.keyForm,
    takesCards: program.withCards !== undefined,
    openPgp: program.openPgp && openPgpHandOver(program, program.openPgp, changes),
    detect: async () => {
      const profiles = program.knownProfiles().map((known) => glance(program, known));
      return { isInstalled: program.isInstalled() || profiles.length > 0, profiles };
    },
    find: async (directory) => readProfile(program, directory ?? defaultProfile(program)),
    plan: (request, counts) => plan(program, request, counts),
    read: async (request) => {
      changes.refuseOpen(request.profile.path);
      return read(parts, request);
    },
    apply: (request, keys, change) => apply(parts, request, keys, change),
    recover: async (directory, change, isRecorded) => changes.recover(directory, change, isRecorded),
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

function plan(program: Program, { profile, setup }: MailProfileRequest, { keys, certificates }: MailKeys['counts']): MailWrite[] {
  const identities = theirs(profile, setup.mailboxes);
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

/** On a copy: looking at a profile leaves no trace in it. */
const read = ({ program, changes }: Parts, request: MailProfileRequest): Promise<MailReading> =>
  changes.onCopy(request, (bench, keys) => readAll(program, bench.directory, { setup: request.setup, keys, withheld: bench.withheld() }));

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

const apply = ({ program, changes }: Parts, request: MailProfileRequest, keys: MailKeys, change: string): Promise<MailChange> =>
  changes.apply(request.profile.path, change, {
    check: () => void plan(program, request, keys.counts),
    prepare: () => changes.onCopy(request, (bench, engine) => prepare(program, request, keys, bench, engine)),
    prove: async () => requireReady(judgeReading(await read({ program, changes }, request))),
  });

async function prepare(program: Program, { profile, setup }: MailProfileRequest, keys: MailKeys, bench: Workbench, engine: KeyEngine) {
  await engine.importKeys(keys);
  for (const issuer of setup.issuers) await engine.addIssuer(issuer);
  await addRecipients(setup, engine);
  await program.write(bench.directory, identitiesOf(profile, setup.mailboxes), setup, engine);
  const before = bench.withheld();
  const withheld = before === undefined ? undefined : (program.withCards?.(before, setup) ?? before);
  requireReady(judgeReading(await readAll(program, bench.directory, { setup, keys: engine, withheld })));
  return bench.changes(withheld);
}

/** One that is there stays as it is. */
async function addRecipients({ recipients = [] }: MailProfileRequest['setup'], engine: KeyEngine): Promise<void> {
  for (const { certificate, label } of recipients)
    if (!(await engine.holds(certificate))) await engine.addIssuer({ der: certificate.der, label, isRoot: false });
}
