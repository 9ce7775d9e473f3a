import { createHash } from 'node:crypto';
import { AppError } from '../../../domain/errors.ts';
import { chooseCertificates } from '../../../domain/mail-client/choose-certificates.ts';
import { requireFit } from '../../../domain/mail-client/fitness.ts';
import { judgeReading } from '../../../domain/mail-client/judge-reading.ts';
import {
  mailClientNames,
  type MailCertificate,
  type MailReading,
  type MailSetup,
  type MailWrite,
} from '../../../domain/mail-client/mail-client.ts';
import { readBySelf, type KnownCertificate } from '../../../domain/mail-client/read-settings.ts';
import type { MailChange, MailClient, MailKeys, MailProfile, MailProfileRequest, Recovery } from '../../../ports/mail-client.ts';
import type { FileLayout } from '../change/client-files.ts';
import { requireReady, theirs } from '../change/profile-changes.ts';
import { sweepWorkbenches, withWorkbench, type Workbench } from '../change/workbench.ts';
import { forgetPutIn, isBeingMade, readPutIn, writePutIn } from './put-in.ts';
import {
  journalPath,
  type StoreCertificate,
  type StoreEntry,
  type StoreKind,
  type SystemStore,
  type SystemStorePlaces,
} from './system-store.ts';

interface Parts {
  readonly store: SystemStore;
  readonly places: SystemStorePlaces;
  readonly journal: string;
}

/**
 * A store of identities that the system itself keeps, as the port wants it. It has no file to change a copy of: what is to be put in is
 * written down first, and taken out again by its thumbprint unless reading back finds everything. What was there before stays.
 */
export function createStoreClient(store: SystemStore, places: SystemStorePlaces): MailClient {
  const parts: Parts = { store, places, journal: journalPath(places, store.id) };
  const isHere = places.platform === store.system.platform;
  const profile = (path: string): MailProfile => ({
    path,
    name: mailClientNames[store.id],
    isDefault: path === store.usual,
    isOpen: false,
    identities: [],
    isAnybodys: true,
  });
  return {
    id: store.id,
    keyForm: store.keyForm,
    takesCards: false,
    isElsewhere: !isHere,
    detect: async () => ({ isInstalled: isHere, profiles: isHere && store.isThere(store.usual) ? [profile(store.usual)] : [] }),
    find: async (path = store.usual) => {
      if (!isHere) throw elsewhere(store);
      if (!store.isThere(path)) throw new AppError('not-found', 'There is no such store.', { what: 'profile' });
      return profile(path);
    },
    plan: (request, counts) => plan(store, request, counts),
    read: (request) => onBench(parts, (bench) => read(parts, request, bench)),
    apply: (request, keys, change) => apply(parts, request, keys, change),
    recover: (_path, change, isRecorded) => recover(parts, change, isRecorded),
  };
}

const elsewhere = ({ id, system }: SystemStore): AppError =>
  new AppError('client.other-system', `The ${mailClientNames[id]} is a part of ${system.name}.`, {
    program: mailClientNames[id],
    system: system.name,
  });

function plan({ id, planned }: SystemStore, { profile, setup }: MailProfileRequest, { keys }: MailKeys['counts']): MailWrite[] {
  for (const identity of theirs(profile, setup.mailboxes)) chooseCertificates(setup, identity);
  requireFit(id, setup.certificates);
  const writes: MailWrite[] = [
    { file: planned.key, kind: 'private-keys', count: keys },
    { file: planned.issuer, kind: 'certificates', count: setup.issuers.filter(({ isRoot }) => !isRoot).length },
    { file: planned.root, kind: 'trust', count: setup.issuers.filter(({ isRoot }) => isRoot).length },
    { file: planned.recipient, kind: 'recipients', count: setup.recipients?.length ?? 0 },
  ];
  return writes.filter(({ count }) => count > 0);
}

const nothingCopied: FileLayout = { namesIn: () => [], mayChange: () => false, undoFolder: '' };

const onBench = <T>({ places }: Parts, use: (bench: Workbench) => Promise<T>): Promise<T> =>
  withWorkbench({ layout: nothingCopied, profile: '', temporary: places.temporary }, use);

const thumbprintOf = (der: Uint8Array): string => createHash('sha1').update(der).digest('hex').toUpperCase();

const entryOf = (kind: StoreEntry['kind'], der: Uint8Array): StoreEntry => ({ kind, thumbprint: thumbprintOf(der) });
const kindOf = (isRoot: boolean): StoreKind => (isRoot ? 'root' : 'issuer');

/** Those whose private keys go along, as they are gathered. */
const withKeys = ({ certificates }: MailSetup): readonly MailCertificate[] =>
  certificates.filter(({ isCurrent, use }) => isCurrent || use !== 'sign');

/** What a store is to have, in the order it is put in: what a person is asked about first. */
const wantedOf = (setup: MailSetup): readonly { readonly kind: StoreKind; readonly der: Uint8Array }[] => [
  ...setup.issuers.map(({ der, isRoot }) => ({ kind: kindOf(isRoot), der })),
  ...(setup.recipients ?? []).map(({ certificate: { der } }) => ({ kind: 'recipient' as const, der })),
  ...withKeys(setup).map(({ der }) => ({ kind: 'key' as const, der })),
];

/** Each certificate in a file once, for tools that take nothing else. */
function filesOn(bench: Workbench): (der: Uint8Array) => StoreCertificate {
  const files = new Map<string, StoreCertificate>();
  return (der) => {
    const thumbprint = thumbprintOf(der);
    const known = files.get(thumbprint) ?? { thumbprint, file: bench.put(`read-${thumbprint}.cer`, der) };
    files.set(thumbprint, known);
    return known;
  };
}

async function read({ store }: Parts, { profile, setup }: MailProfileRequest, bench: Workbench): Promise<MailReading> {
  const open = store.open(profile.path);
  const listing = await open.list();
  const fileOf = filesOn(bench);
  const issuers = setup.issuers.map(({ der, isRoot }) => entryOf(kindOf(isRoot), der));
  const known = new Map<MailCertificate, KnownCertificate>();
  for (const certificate of setup.certificates) {
    const entry = entryOf('key', certificate.der);
    if (!listing.has(entry)) continue;
    const isAccepted = await open.accepts(fileOf(certificate.der), listing, issuers);
    known.set(certificate, { name: entry.thumbprint, hasPrivateKey: true, accepted: { sign: isAccepted, encrypt: isAccepted } });
  }
  const missingRecipients: MailCertificate[] = [];
  for (const { certificate } of setup.recipients ?? []) {
    const isThere = listing.has(entryOf('recipient', certificate.der));
    if (!isThere || !(await open.accepts(fileOf(certificate.der), listing, issuers))) missingRecipients.push(certificate);
  }
  return { ...readBySelf(setup, known), missingRecipients };
}

async function apply(parts: Parts, request: MailProfileRequest, keys: MailKeys, change: string): Promise<MailChange> {
  const { store, journal } = parts;
  const { path } = request.profile;
  plan(store, request, keys.counts);
  sweepWorkbenches(parts.places.temporary);
  await endInterrupted(parts);
  const listing = await store.open(path).list();
  const missing = wantedOf(request.setup)
    .map(({ kind, der }) => entryOf(kind, der))
    .filter((entry) => !listing.has(entry));
  writePutIn(journal, { change, pid: process.pid, store: path, entries: missing });
  const undo = async (): Promise<void> => void (await takeOut(parts));
  try {
    await onBench(parts, (bench) => putIn(parts, request, keys, missing, bench));
  } catch (error) {
    await undo();
    throw error;
  }
  return { keep: () => forgetPutIn(journal), undo };
}

async function putIn(
  parts: Parts,
  request: MailProfileRequest,
  keys: MailKeys,
  missing: readonly StoreEntry[],
  bench: Workbench,
): Promise<void> {
  const open = parts.store.open(request.profile.path);
  const isMissing = ({ kind, thumbprint }: StoreEntry): boolean =>
    missing.some((entry) => entry.kind === kind && entry.thumbprint === thumbprint);
  for (const { kind, der } of wantedOf(request.setup)) {
    const entry = entryOf(kind, der);
    if (kind !== 'key' && isMissing(entry))
      await open.add(kind, { thumbprint: entry.thumbprint, file: bench.put(`${entry.thumbprint}.cer`, der) });
  }
  if (missing.some(({ kind }) => kind === 'key'))
    for (const [at, pfx] of keys.pfxs.entries()) await open.importKeys(bench.put(`keys-${at}.pfx`, pfx), keys.password);
  requireReady(judgeReading(await read(parts, request, bench)));
}

/** @throws AppError conflict while another process changes the store */
async function endInterrupted(parts: Parts): Promise<void> {
  const found = readPutIn(parts.journal);
  if (found !== undefined && found !== 'nothing' && isBeingMade(found))
    throw new AppError('conflict', 'This store is being changed already.', { what: 'profile' });
  // What the person asks for now counts more than what a killed process had begun.
  if ((await takeOut(parts)) === 'changed-since') forgetPutIn(parts.journal);
}

/** What cannot be taken out now (the system asks before a root goes) stays written down. */
async function takeOut({ store, journal }: Parts): Promise<Recovery> {
  const found = readPutIn(journal);
  if (found === undefined || found === 'nothing') {
    forgetPutIn(journal);
    return 'untouched';
  }
  try {
    const open = store.open(found.store);
    const listing = await open.list();
    for (const entry of found.entries.toReversed()) if (listing.has(entry)) await open.remove(entry);
  } catch (error) {
    if (error instanceof AppError) return 'changed-since';
    throw error;
  }
  forgetPutIn(journal);
  return 'restored';
}

async function recover(parts: Parts, change: string, isRecorded: boolean): Promise<Recovery> {
  sweepWorkbenches(parts.places.temporary);
  const found = readPutIn(parts.journal);
  if (found === undefined || found === 'nothing' || found.change !== change) return 'untouched';
  if (!isRecorded) return takeOut(parts);
  forgetPutIn(parts.journal);
  return 'untouched';
}
