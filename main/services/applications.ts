import type { ApplicationView } from '../contract/applications.ts';
import type { ApplicationKind } from '../domain/people/application.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import type { ApplicationRecord } from '../ports/stores/applications.ts';
import { findActivePerson } from './find-person.ts';
import type { AreaHandlers, Commit, PushMessage } from './handler.ts';
import type { Session } from './open-session.ts';
import { renew, type RenewalParts } from './renewal.ts';

/** How many of the newest are shown. */
const shown = 100;

/** What people apply for, and a registrar's word on it. */
export function createApplicationHandlers(parts: RenewalParts): AreaHandlers<'applications'> {
  return {
    list: async ({ person }) => ({ applications: await list(parts.read(), person) }),
    file: async (input, { session }) => file(parts, input, session),
    approve: async ({ application }, { session }) => approve(parts, application, session),
    refuse: async ({ application, reason }, { session }) => refuse(parts, application, reason, session),
    withdraw: async ({ application }, { session }) => withdraw(parts, application, session),
  };
}

async function list(stores: ReadStores, personId: string | undefined): Promise<ApplicationView[]> {
  const rows = await stores.applications.list({ personId, limit: shown });
  const operators = new Map((await stores.operators.list()).map(({ id, name }) => [id, name]));
  const people = new Map((await stores.people.findMany(rows.map((row) => row.personId))).map(({ id, name }) => [id, name]));
  return rows.map(({ personId: person, filedBy, decidedBy, ...row }) => ({
    ...row,
    person,
    personName: people.get(person) ?? '',
    filedBy: operators.get(filedBy) ?? '',
    decidedBy: decidedBy === null ? null : (operators.get(decidedBy) ?? null),
  }));
}

interface Filing {
  readonly person: string;
  readonly kind: ApplicationKind;
  readonly note?: string | undefined;
}

/** @throws AppError not-found; conflict where they have left, or the same waits already */
async function file(parts: RenewalParts, { person, kind, note }: Filing, session: Session): Promise<Commit<{ application: string }>> {
  const { id: personId } = await findActivePerson(parts.read(), person);
  const id = parts.random.uuid();
  return async (stores, { time }) => {
    await stores.applications.file({ id, personId, kind, note: note ?? null, filedBy: session.operator.id, filedAt: time });
    return { value: { application: id }, subject: { application: id }, pushes: news(personId) };
  };
}

/** @throws AppError as `findDecidable`; what renewing throws, but that a key is on a token: it is renewed with the person there */
async function approve(parts: RenewalParts, id: string, session: Session): Promise<Commit<{ certificates: readonly string[] }>> {
  const application = await findDecidable(parts.read(), id, session);
  const { personId, kind } = application;
  const renewal = kind === 'renewal' ? await renewInVault(parts, session, personId) : undefined;
  return async (stores, at) => {
    const done = await renewal?.(stores, at);
    await stores.applications.decide(id, { state: 'approved', decidedBy: session.operator.id, decidedAt: at.time, reason: null });
    return {
      value: { certificates: done?.value.certificates ?? [] },
      subject: { ...done?.subject, ...about(application) },
      pushes: [...(done?.pushes ?? []), ...news(personId)],
    };
  };
}

/** Undefined where what is to be renewed is on a token, which needs its PIN. */
async function renewInVault(parts: RenewalParts, session: Session, person: string): Promise<Awaited<ReturnType<typeof renew>> | undefined> {
  try {
    return await renew(parts, session.unlocked, { person });
  } catch (error) {
    if (error instanceof AppError && error.code === 'token.enroll-again') return undefined;
    throw error;
  }
}

/** @throws AppError as `findDecidable` */
async function refuse(parts: RenewalParts, id: string, reason: string, session: Session): Promise<Commit<null>> {
  const application = await findDecidable(parts.read(), id, session);
  return end(application, { state: 'refused', decidedBy: session.operator.id, reason });
}

/** @throws AppError as `findWaiting` */
async function withdraw(parts: RenewalParts, id: string, session: Session): Promise<Commit<null>> {
  return end(await findWaiting(parts.read(), id), { state: 'withdrawn', decidedBy: session.operator.id, reason: null });
}

type Ending = Pick<ApplicationRecord, 'decidedBy' | 'reason'> & { readonly state: 'refused' | 'withdrawn' };

const end =
  (application: ApplicationRecord, { reason, ...ending }: Ending): Commit<null> =>
  async (stores, { time }) => {
    await stores.applications.decide(application.id, { ...ending, reason, decidedAt: time });
    return { value: null, subject: about(application), ...(reason === null ? {} : { reason }), pushes: news(application.personId) };
  };

/** One that waits and is somebody else's. @throws AppError approval.own-application; as `findWaiting` */
async function findDecidable(stores: ReadStores, id: string, { operator }: Session): Promise<ApplicationRecord> {
  const application = await findWaiting(stores, id);
  const isOwn = application.filedBy === operator.id || (await stores.operators.find(operator.id))?.personId === application.personId;
  if (isOwn) throw new AppError('approval.own-application', 'Nobody decides on what they applied for themselves.');
  return application;
}

/** @throws AppError not-found; conflict where it was decided or withdrawn */
async function findWaiting(stores: ReadStores, id: string): Promise<ApplicationRecord> {
  const application = await stores.applications.find(id);
  if (application === undefined) throw new AppError('not-found', 'There is no such application.', { what: 'application', id });
  if (application.state !== 'filed') throw new AppError('conflict', 'This application waits no more.', { what: 'application', id });
  return application;
}

const about = ({ id, personId, kind }: ApplicationRecord) => ({ application: id, person: personId, kind });

const news = (person: string): PushMessage[] => [{ name: 'applications.changed', payload: { people: [person] } }];
