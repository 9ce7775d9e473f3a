import type { OperatorSummary } from '../contract/operators.ts';
import type { Role } from '../domain/access/role.ts';
import { AppError } from '../domain/errors.ts';
import { Secret } from '../contract/secret.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Random } from '../ports/random.ts';
import type { OperatorRecord } from '../ports/stores/operators.ts';
import type { Vault } from '../ports/vault.ts';
import { findActivePerson } from './find-person.ts';
import type { AreaHandlers, Commit } from './handler.ts';
import { prepareAccess, writeAccess } from './operator-access.ts';
import { presentOperators } from './operator-roster.ts';
import type { Session, SessionRegistry } from './session-registry.ts';

export interface OperatorParts {
  readonly read: () => ReadStores;
  readonly vault: Vault;
  readonly random: Random;
  readonly sessions: SessionRegistry;
}

interface NewOperatorOrder {
  readonly name: string;
  readonly role: Role;
  readonly passphrase: Secret;
  readonly person?: string | undefined;
}

/** Who may sign in, as what; each change is one unit with what it means for the vault. */
export function createOperatorHandlers(parts: OperatorParts): AreaHandlers<'operators'> {
  return {
    list: async () => list(parts.read()),
    add: async (input, { session }) => add(parts, session, input),
    setPerson: async ({ operator, person }) => setPerson(parts.read(), operator, person),
    setRole: async ({ operator, role }, { session }) => setRole(parts, session, operator, role),
    resetSecondFactor: async ({ operator }, { session }) => resetSecondFactor(parts, session, operator),
    remove: async ({ operator }, { session }) => remove(parts, session, operator),
  };
}

async function list(stores: ReadStores): Promise<{ operators: readonly OperatorSummary[] }> {
  const withFactor = new Set(await stores.secondFactors.operators());
  const operators = await stores.operators.list();
  const people = await stores.people.findMany(operators.flatMap(({ personId }) => personId ?? []));
  const personOf = ({ personId }: OperatorRecord) => {
    const found = people.find(({ id }) => id === personId);
    return found === undefined ? null : { id: found.id, name: found.name };
  };
  return {
    operators: operators.map((operator) => ({
      ...summarise(operator),
      hasSecondFactor: withFactor.has(operator.id),
      person: personOf(operator),
    })),
  };
}

const summarise = ({ id, name, role, createdAt, lastSignInAt, removedAt }: OperatorRecord) => ({
  id,
  name,
  role,
  createdAt,
  lastSignInAt,
  removedAt,
});

/** @throws AppError session.operator-known for a name that somebody has or had, input.* for the passphrase; otherwise as `prepareAccess` */
async function add(
  parts: OperatorParts,
  { unlocked }: Session,
  { name, role, passphrase, person }: NewOperatorOrder,
): Promise<Commit<{ operator: string; recoveryCode: Secret }>> {
  const taken = await parts.read().operators.findByName(name);
  if (taken !== undefined) throw new AppError('session.operator-known', 'An operator has or had this name.', { name: taken.name });
  if (person !== undefined) await findActivePerson(parts.read(), person);
  const id = parts.random.uuid();
  const made = await parts.vault.createOperator(id, passphrase.reveal());
  const operator = { id, name, role, publicKey: made.unlocked.publicKey };
  made.unlocked.wipe();
  const access = await prepareAccess(parts, unlocked, (before) => [...before, operator]);
  return async (stores, { time }) => {
    await writeAccess(stores, access);
    await stores.operators.insert({ ...operator, createdAt: time });
    if (person !== undefined) await stores.operators.setPerson(id, person);
    for (const opening of made.openings) await stores.operators.putOpening(opening);
    return { value: { operator: id, recoveryCode: new Secret(made.recoveryCode) }, subject: { operator: id } };
  };
}

/** Nothing of the vault opens by it: it says whose records staff see. @throws AppError not-found; conflict for who has left */
async function setPerson(stores: ReadStores, named: string, person: string | null): Promise<Commit<null>> {
  const operator = await findPresent(stores, named);
  if (person !== null) await findActivePerson(stores, person);
  return async (written) => {
    await written.operators.setPerson(operator.id, person);
    return { value: null, subject: { operator: operator.id, ...(operator.personId === null ? {} : { before: operator.personId }) } };
  };
}

/** @throws AppError not-found, session.own-role, session.last-administrator; otherwise as `prepareAccess` */
async function setRole(parts: OperatorParts, session: Session, named: string, role: Role): Promise<Commit<null>> {
  const operator = await findOther(parts.read(), session, named);
  const access = await prepareAccess(parts, session.unlocked, (before) =>
    before.map((one) => (one.id === operator.id ? { ...one, role } : one)),
  );
  return async (stores) => {
    await writeAccess(stores, access);
    await stores.operators.setRole(operator.id, role);
    return {
      value: null,
      subject: { operator: operator.id, before: operator.role },
      afterwards: () => parts.sessions.endOf(operator.id),
    };
  };
}

/** @throws AppError not-found, session.own-second-factor; conflict where there is none */
async function resetSecondFactor({ read }: OperatorParts, { operator: asking }: Session, named: string): Promise<Commit<null>> {
  const operator = await findPresent(read(), named);
  if (operator.id === asking.id) throw new AppError('session.own-second-factor', 'Nobody resets their own second factor.');
  return async (stores) => {
    if ((await stores.secondFactors.find(operator.id)) === undefined)
      throw new AppError('conflict', 'They have no second factor.', { what: 'second factor' });
    await stores.secondFactors.remove(operator.id);
    return { value: null, subject: { operator: operator.id } };
  };
}

/** @throws AppError as `setRole` */
async function remove(parts: OperatorParts, session: Session, named: string): Promise<Commit<null>> {
  const operator = await findOther(parts.read(), session, named);
  const access = await prepareAccess(parts, session.unlocked, (before) => before.filter(({ id }) => id !== operator.id));
  return async (stores, { time }) => {
    await writeAccess(stores, access);
    await stores.vault.removeGrants(operator.id);
    await stores.secondFactors.remove(operator.id);
    await stores.operatorCards.removeOf(operator.id);
    await stores.operators.remove(operator.id, time);
    return {
      value: null,
      subject: { operator: operator.id, before: operator.role },
      afterwards: () => parts.sessions.endOf(operator.id),
    };
  };
}

/**
 * Somebody who is here and is not the one who asks: nobody changes what they themselves may do, so whoever asks remains, and with them an
 * administrator. @throws AppError not-found, session.last-administrator, session.own-role
 */
async function findOther(stores: ReadStores, { operator: asking }: Session, named: string): Promise<OperatorRecord> {
  const operator = await findPresent(stores, named);
  if (operator.id !== asking.id) return operator;
  const present = await presentOperators(stores);
  const isLast = present.filter(({ role }) => role === 'administrator').length === 1;
  if (isLast) throw new AppError('session.last-administrator', 'The last administrator stays one.', {});
  throw new AppError('session.own-role', 'Nobody changes their own role or removes themselves.', {});
}

/** @throws AppError not-found */
async function findPresent(stores: ReadStores, named: string): Promise<OperatorRecord> {
  const operator = (await stores.operators.find(named)) ?? (await stores.operators.findByName(named));
  if (operator === undefined || operator.removedAt !== null)
    throw new AppError('not-found', 'There is no such operator here.', { what: 'operator', id: named });
  return operator;
}
