import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Tokens } from '../ports/tokens.ts';
import { findPerson } from './find-person.ts';
import { fittingIn } from './token-list.ts';

export interface FindTokenParts {
  readonly read: () => ReadStores;
  readonly tokens: Tokens;
}

/**
 * The serial number of a token that is there or not: by it or its end, by a certificate of a key on it, or by whose it is.
 * @throws AppError not-found; conflict when several fit
 */
export async function findToken({ read, tokens }: FindTokenParts, text: string): Promise<string> {
  const stores = read();
  const present = (await tokens.survey()).tokens.map(({ serialNumber }) => serialNumber);
  const named = fittingIn([...new Set([...present, ...(await stores.tokens.recorded())])], text);
  const fitting = named.length > 0 ? named : await tokensOf(stores, text);
  const [token, ...more] = fitting;
  if (token === undefined) throw new AppError('not-found', 'No such token is known here.', { what: 'token' });
  if (more.length > 0) throw new AppError('conflict', 'More than one token fits: give the whole serial number.', { what: 'token' });
  return token;
}

async function tokensOf(stores: ReadStores, text: string): Promise<readonly string[]> {
  const certificate = await stores.certificates.find(text);
  const keys = certificate === undefined ? await keysOfPerson(stores, text) : [certificate.keyId];
  return [...new Set((await stores.tokens.placesOf(keys)).map(({ serialNumber }) => serialNumber))];
}

async function keysOfPerson(stores: ReadStores, text: string): Promise<readonly string[]> {
  try {
    const person = await findPerson(stores, text);
    return (await stores.certificates.ofPerson(person.id)).map(({ keyId }) => keyId);
  } catch (error) {
    if (error instanceof AppError && (error.code === 'not-found' || error.code === 'input.invalid')) return [];
    throw error;
  }
}
