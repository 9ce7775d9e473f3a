import type { MadeMailPackage, MailPackage } from '../contract/mail.ts';
import { FileContent, type Secret } from '../contract/secret.ts';
import { encodeZip } from '../domain/encoding/zip.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import type { MailKitId } from '../domain/mail-client/kit/kits.ts';
import { chainFile, stemOf } from '../domain/mail-client/kit/parts.ts';
import { isOwed, packageNumber, stateAt } from '../domain/mail-client/mail-package.ts';
import type { ReadStores } from '../ports/database.ts';
import type { MailPackageRecord } from '../ports/stores/mail-packages.ts';
import { findPerson } from './find-person.ts';
import type { Commit } from './handler.ts';
import { handoverSheetFor, type HandoverSheetParts } from './handover-sheet.ts';
import { gatherKit, type GatheredKit } from './mail-kit.ts';
import type { MailProgramParts } from './mail-programs.ts';
import type { Session } from './session-registry.ts';

export interface MailPackageParts extends MailProgramParts, HandoverSheetParts {}

interface Delivery {
  readonly people: readonly string[];
  readonly client: MailKitId;
  readonly days: number;
}

const dayMilliseconds = 86_400_000;

/** Plans one package for each person, however often they are named. @throws AppError not-found; conflict for who has left */
export async function planDelivery(
  parts: MailPackageParts,
  session: Session,
  { people, client, days }: Delivery,
): Promise<Commit<{ readonly delivery: string; readonly packages: readonly MailPackage[] }>> {
  const found = new Map<string, string>();
  for (const text of people) {
    const { id, name, status } = await findPerson(parts.read(), text);
    if (status === 'left') throw new AppError('conflict', 'They have left; nothing is handed to them.', { what: 'person', id });
    found.set(id, name);
  }
  const delivery = parts.random.uuid();
  return async (stores, { time }) => {
    const base = { deliveryId: delivery, client, days, state: 'planned', operatorId: session.operator.id, askedAt: time } as const;
    const nothing = { certificates: [], sha256: '', expiresAt: null, pickedUpAt: null, provedAt: null, error: null } as const;
    const packages = [...found.keys()].map((personId, position): MailPackageRecord => {
      return { ...base, ...nothing, id: parts.random.uuid(), personId, position };
    });
    await stores.mailPackages.insert(packages);
    return {
      value: { delivery, packages: packages.map((one) => view(parts, one, found.get(one.personId) ?? '')) },
      subject: { delivery, people: packages.map(({ personId }) => personId) },
    };
  };
}

/**
 * The one file of a package that is owed. What stands in the way is written down with it, so that the delivery can be looked through
 * afterwards; it can be tried again.
 * @throws AppError not-found; conflict for one that is not owed; and as `gatherKit`
 */
export async function makePackage(
  parts: MailPackageParts,
  session: Session,
  input: { readonly package: string; readonly password?: Secret | undefined },
): Promise<Commit<MadeMailPackage>> {
  const record = await findPackage(parts.read(), input.package);
  if (!isOwed(record.state)) throw inTheWay(record);
  const kit = await gatherKit(parts, session.unlocked, { ...input, person: record.personId, client: record.client }).catch(
    async (error: unknown) => {
      await writeDown(parts, record, error);
      throw error;
    },
  );
  const { person, rows } = kit;
  const content = await pack(parts, kit, record.client);
  const sha256 = parts.sha256Hex(content);
  const file = new FileContent(`${stemOf(person.mailboxes)}-${packageNumber(record.id)}.zip`, content);
  const certificates = rows.map(({ id }) => id);
  return async (stores, { time }) => {
    const expiresAt = new Date(Date.parse(time) + record.days * dayMilliseconds).toISOString();
    const change = { state: 'making', certificates, sha256, expiresAt, error: null } as const;
    await stores.mailPackages.change(record.id, [record.state], change);
    return {
      value: { package: view(parts, { ...record, ...change }, person.name), file, password: kit.password },
      subject: { person: person.id, client: record.client, certificates, keys: rows.map(({ keyId }) => keyId), sha256 },
    };
  };
}

async function pack(parts: MailPackageParts, { person, files, issuers }: GatheredKit, client: MailKitId): Promise<Uint8Array> {
  const sheet = { name: 'read-this-first.html', content: utf8Encode(await handoverSheetFor(parts, person, { client })) };
  const own = files.filter(({ name }) => name !== chainFile(issuers).name);
  return encodeZip([sheet, ...own, chainFile(issuers)]);
}

async function writeDown(parts: MailPackageParts, { id, state }: MailPackageRecord, error: unknown): Promise<void> {
  const code = error instanceof AppError ? error.code : 'internal';
  await parts.auditTrail.record(async (stores) => ({
    value: await stores.mailPackages.change(id, [state], { state: 'failed', error: code }),
    entries: [],
  }));
}

/** @throws AppError not-found; conflict for one that was not made last */
export async function keepPackage(parts: MailPackageParts, id: string): Promise<Commit<MailPackage>> {
  const record = await findPackage(parts.read(), id);
  if (record.state !== 'making') throw inTheWay(record);
  const name = await nameOf(parts.read(), record);
  return async (stores) => {
    const earlier = (await stores.mailPackages.ofPerson(record.personId)).filter(
      (other) => other.id !== id && other.client === record.client && other.state === 'waiting',
    );
    for (const other of earlier) await stores.mailPackages.change(other.id, ['waiting'], { state: 'withdrawn' });
    await stores.mailPackages.change(id, ['making'], { state: 'waiting' });
    return {
      value: view(parts, { ...record, state: 'waiting' }, name),
      subject: { person: record.personId, withdrawn: earlier.map((other) => other.id) },
      pushes: peopleChanged([record.personId]),
    };
  };
}

interface PickUp {
  readonly package: string;
  readonly file?: FileContent | undefined;
  readonly note?: string | undefined;
}

/** @throws AppError not-found, conflict, client.package-expired; input.invalid for another file than the one that was made */
export async function pickUpPackage(parts: MailPackageParts, { package: id, file, note }: PickUp): Promise<Commit<MailPackage>> {
  const record = await findPackage(parts.read(), id);
  const state = stateAt(record, parts.clock.now());
  if (state === 'expired') throw new AppError('client.package-expired', 'Nobody picked this package up in time.', { id });
  if (state !== 'waiting') throw inTheWay(record);
  if (file !== undefined && parts.sha256Hex(file.bytes) !== record.sha256)
    throw new AppError('input.invalid', 'This file is not the package that was made.', { field: 'file', rule: 'same' });
  const name = await nameOf(parts.read(), record);
  return async (stores, { time }) => {
    const change = { state: 'picked-up', pickedUpAt: time } as const;
    await stores.mailPackages.change(id, ['waiting'], change);
    return {
      value: view(parts, { ...record, ...change }, name),
      subject: { person: record.personId, checked: file !== undefined },
      ...(note === undefined ? {} : { reason: note }),
      pushes: peopleChanged([record.personId]),
    };
  };
}

/** Writes down what has expired. */
export async function expirePackages(parts: MailPackageParts): Promise<Commit<{ readonly packages: readonly MailPackage[] }>> {
  const waiting = await parts.read().mailPackages.inState('waiting');
  const names = new Map<string, string>();
  for (const record of waiting) names.set(record.personId, await nameOf(parts.read(), record));
  return async (stores, { time }) => {
    const due = (await stores.mailPackages.inState('waiting')).filter((record) => stateAt(record, new Date(time)) === 'expired');
    for (const { id } of due) await stores.mailPackages.change(id, ['waiting'], { state: 'expired' });
    return {
      value: { packages: due.map((record) => view(parts, { ...record, state: 'expired' }, names.get(record.personId) ?? '')) },
      subject: { packages: due.map(({ id }) => id), people: due.map(({ personId }) => personId) },
      pushes: peopleChanged(due.map(({ personId }) => personId)),
    };
  };
}

/** As many of the newest as a list shows. */
const mostListed = 500;

export async function listPackages(
  parts: MailPackageParts,
  { delivery, person }: { readonly delivery?: string | undefined; readonly person?: string | undefined },
): Promise<{ readonly packages: readonly MailPackage[] }> {
  const stores = parts.read();
  const personId = person === undefined ? undefined : (await findPerson(stores, person)).id;
  const records = await recordsOf(stores, delivery, personId);
  const people = new Map((await stores.people.findMany(records.map((record) => record.personId))).map(({ id, name }) => [id, name]));
  return { packages: records.map((record) => view(parts, record, people.get(record.personId) ?? '')) };
}

async function recordsOf({ mailPackages }: ReadStores, delivery: string | undefined, personId: string | undefined) {
  if (delivery === undefined) return personId === undefined ? mailPackages.list(mostListed) : mailPackages.ofPerson(personId);
  const records = await mailPackages.ofDelivery(delivery);
  if (records.length === 0) throw new AppError('not-found', 'There is no such delivery.', { what: 'delivery', id: delivery });
  return records.filter((record) => personId === undefined || record.personId === personId);
}

async function findPackage(stores: ReadStores, id: string): Promise<MailPackageRecord> {
  const record = await stores.mailPackages.find(id);
  if (record === undefined) throw new AppError('not-found', 'There is no such package.', { what: 'package', id });
  return record;
}

const nameOf = async (stores: ReadStores, { personId }: MailPackageRecord): Promise<string> =>
  (await stores.people.find(personId))?.name ?? '';

const inTheWay = ({ id, state }: MailPackageRecord): AppError =>
  new AppError('conflict', `This package is ${state}.`, { what: 'package', id, state });

const peopleChanged = (people: readonly string[]) => [{ name: 'people.changed', payload: { people } } as const];

function view(parts: MailPackageParts, record: MailPackageRecord, name: string): MailPackage {
  const { id, deliveryId, personId, client, certificates, sha256, askedAt, expiresAt, pickedUpAt, provedAt, error } = record;
  return {
    id,
    number: packageNumber(id),
    delivery: deliveryId,
    person: personId,
    name,
    client,
    state: stateAt(record, parts.clock.now()),
    certificates,
    sha256: sha256 === '' ? null : sha256,
    askedAt,
    expiresAt,
    pickedUpAt,
    provedAt,
    error: error === null ? null : parts.wordError(error),
  };
}
