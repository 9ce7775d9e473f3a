import { permissions, type GuardedCall } from '../domain/access/permissions.ts';
import { AppError } from '../domain/errors.ts';
import type { InputOf, OutputOf } from '../contract/call.ts';
import type { Area, Contract } from '../contract/contract.ts';
import type { TokenList } from '../contract/tokens.ts';
import type { ReadStores } from '../ports/database.ts';
import { findByText } from './certificate-details.ts';
import { findPerson } from './find-person.ts';
import { findToken, type FindTokenParts } from './find-token.ts';
import type { Session } from './open-session.ts';

/** A call that staff may make. */
export type StaffCall = { [C in GuardedCall]: 'staff' extends (typeof permissions)[C][number] ? C : never }[GuardedCall];

type CallOf<C extends string> = C extends `${infer A extends Area}.${infer K}`
  ? K extends keyof Contract[A]
    ? Contract[A][K]
    : never
  : never;

/** Whose something is that a call is about; `orNobodys`: it may be nobody's as well. */
type Concern =
  | { readonly person: string | undefined }
  | { readonly certificate: string }
  | { readonly token: string; readonly orNobodys?: true }
  | { readonly application: string };

/**
 * What each call of staff is about: nothing of anybody's (`practice`), their own sign-in (`session`), or records that have to be their own.
 * Every call they may make has its line, or this does not compile.
 */
export const staffConcerns: { readonly [C in StaffCall]: 'practice' | 'session' | ((input: InputOf<CallOf<C>>) => Concern) } = {
  'account.addCard': ({ token }) => ({ token, orNobodys: true }),
  'account.beginSecondFactor': 'session',
  'account.cards': 'session',
  'account.changePassphrase': 'session',
  'account.removeCard': 'session',
  'account.secondFactor': 'session',
  'account.turnOffSecondFactor': 'session',
  'account.turnOnSecondFactor': 'session',
  'applications.file': ({ person }) => ({ person }),
  'applications.list': ({ person }) => ({ person }),
  'applications.withdraw': ({ application }) => ({ application }),
  'authorities.export': 'practice',
  'authorities.list': 'practice',
  'certificates.export': ({ certificate }) => ({ certificate }),
  'certificates.show': ({ certificate }) => ({ certificate }),
  // What these two answer is narrowed to what is theirs, or nobody's, below.
  'openpgp.cards': 'practice',
  'people.handoverSheet': ({ person }) => ({ person }),
  'people.show': ({ person }) => ({ person }),
  'policies.show': 'practice',
  'session.lock': 'session',
  'session.proof': 'session',
  'session.prove': 'session',
  'session.proveWithCard': 'session',
  'session.stay': 'session',
  'tokens.changePin': ({ token }) => ({ token }),
  'tokens.list': 'practice',
  'tokens.show': ({ token }) => ({ token, orNobodys: true }),
};

/** Holds staff to what is theirs, in one place; everybody else passes. */
export interface OwnRecords {
  /**
   * @throws AppError session.not-own for what is somebody else's, and for what there is not, in the same words; session.no-person where
   * nobody said who they are
   */
  require(name: string, input: unknown, session: Session | undefined): Promise<void>;
  /** What a call answers, without what is somebody else's. */
  narrow(name: string, answer: unknown, session: Session | undefined): Promise<unknown>;
}

export function createOwnRecords(parts: FindTokenParts): OwnRecords {
  return {
    require: async (name, input, session) => {
      if (session?.operator.role !== 'staff' || !Object.hasOwn(permissions, name)) return;
      const concern = concernOf(name, input);
      if (concern === undefined) return;
      const own = await ownPerson(parts.read(), session);
      if (own === null && !('orNobodys' in concern)) throw new AppError('session.no-person', 'Nobody has said which person you are.');
      if (!(await isOwn(parts, concern, own))) throw new AppError('session.not-own', 'Staff see and use only what is their own.');
    },
    narrow: async (name, answer, session) => {
      if (session?.operator.role !== 'staff') return answer;
      const own = await ownPerson(parts.read(), session);
      if (name === 'openpgp.cards') return narrowOpenPgpCards(answer as OutputOf<Contract['openpgp']['cards']>, own);
      return name === 'tokens.list' ? narrowTokens(parts, answer as TokenList, own) : answer;
    },
  };
}

/** @throws AppError session.not-own for a call that has no line: what is not known to be theirs is not */
function concernOf(name: string, input: unknown): Concern | undefined {
  const concern: unknown = Object.hasOwn(staffConcerns, name) ? staffConcerns[name as StaffCall] : undefined;
  if (concern === 'practice' || concern === 'session') return undefined;
  if (typeof concern !== 'function') throw new AppError('session.not-own', 'Staff see and use only what is their own.');
  return (concern as (input: unknown) => Concern)(input);
}

/** Asked each time, because an administrator may have said otherwise since they signed in. */
const ownPerson = async (stores: ReadStores, { operator }: Session): Promise<string | null> =>
  (await stores.operators.find(operator.id))?.personId ?? null;

async function isOwn(parts: FindTokenParts, concern: Concern, own: string | null): Promise<boolean> {
  if ('token' in concern) return isOwnToken(parts, concern, own);
  const owner = await unlessNone(async () => ownerOf(parts.read(), concern));
  return owner === everybodys || (owner !== undefined && owner === own);
}

/** Certificates of authorities are for everybody to see: their own hang on them. */
const everybodys = Symbol('everybody’s');

type Owner = string | null | undefined | typeof everybodys;

async function ownerOf(stores: ReadStores, concern: Exclude<Concern, { readonly token: string }>): Promise<Owner> {
  if ('certificate' in concern) {
    const { isAuthority, personId } = await findByText(stores, concern.certificate);
    return isAuthority ? everybodys : personId;
  }
  if ('application' in concern) return (await stores.applications.find(concern.application))?.personId;
  return concern.person === undefined ? undefined : (await findPerson(stores, concern.person)).id;
}

/** Every key on it is theirs; a token that nobody knows has no keys of anybody. */
async function isOwnToken(
  parts: FindTokenParts,
  { token, orNobodys = false }: { readonly token: string; readonly orNobodys?: boolean },
  own: string | null,
): Promise<boolean> {
  const serialNumber = await unlessNone(async () => findToken(parts, token));
  if (serialNumber === undefined) return orNobodys;
  const owners = await ownersOf(parts.read(), serialNumber);
  return owners.length === 0 ? orNobodys : owners.every((owner) => owner === own && owner !== null);
}

async function ownersOf(stores: ReadStores, serialNumber: string): Promise<readonly (string | null)[]> {
  const places = await stores.tokens.keysOn([serialNumber]);
  return Promise.all(places.map(async ({ keyId }) => (await stores.keys.find(keyId))?.personId ?? null));
}

async function unlessNone<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof AppError && (error.code === 'not-found' || error.code === 'conflict' || error.code === 'input.invalid'))
      return undefined;
    throw error;
  }
}

const narrowOpenPgpCards = ({ cards }: OutputOf<Contract['openpgp']['cards']>, own: string | null) => ({
  cards: cards.filter(({ personId }) => personId === null || personId === own),
});

async function narrowTokens(parts: FindTokenParts, list: TokenList, own: string | null): Promise<TokenList> {
  const stores = parts.read();
  const shown: TokenList['tokens'][number][] = [];
  for (const token of list.tokens) {
    const owners = await ownersOf(stores, token.serialNumber);
    if (owners.every((owner) => owner === own && owner !== null)) shown.push(token);
  }
  const isShown = (serialNumber: string | null) => serialNumber === null || shown.some((token) => token.serialNumber === serialNumber);
  return {
    ...list,
    tokens: shown,
    readers: list.readers.filter(({ token }) => isShown(token)),
    unfinished: list.unfinished.filter(({ personId }) => personId === own),
    lost: list.lost.filter(({ personId }) => personId !== null && personId === own),
  };
}
