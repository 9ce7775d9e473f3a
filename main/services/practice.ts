import { AppError } from '../domain/errors.ts';
import type { SubjectAlgorithm } from '../contract/workspace.ts';
import type { ReadStores } from '../ports/database.ts';

/** What a workspace knows about the practice it serves. */
export interface Practice {
  readonly workspaceId: string;
  readonly name: string;
  readonly mailDomain: string | null;
  /** What people's keys are made as unless somebody says otherwise. */
  readonly subjectAlgorithm: SubjectAlgorithm;
}

/** @throws AppError store.not-initialised while there is no practice yet. */
export async function readPractice(stores: ReadStores): Promise<Practice> {
  const practice = await findPractice(stores);
  if (practice === undefined) throw new AppError('store.not-initialised', 'There is no practice here yet.');
  return practice;
}

export async function findPractice(stores: ReadStores): Promise<Practice | undefined> {
  const text = await stores.settings.get('practice');
  return text === undefined ? undefined : (JSON.parse(text) as Practice);
}
