import type { UnfinishedOnToken } from '../contract/tokens.ts';
import type { ReadStores } from '../ports/database.ts';
import type { TokenIntentRecord } from '../ports/stores/tokens.ts';
import { authorityKeyIntents } from './authority-key-intents.ts';
import { isFromOutside } from './from-outside.ts';

/** What was begun on tokens and not finished, whether they are there or not. */
export async function listUnfinished(stores: ReadStores): Promise<UnfinishedOnToken[]> {
  const intents = await stores.tokens.unfinished();
  const people = await stores.people.findMany(intents.map(({ personId }) => personId));
  const ofAuthorities = (await authorityKeyIntents(stores)).map(({ serialNumber, called, begunAt }): UnfinishedOnToken => ({
    token: serialNumber,
    personId: null,
    personName: null,
    authority: called,
    begunAt,
    state: 'begun',
    isEnrolment: false,
  }));
  const ofPeople = await Promise.all(
    intents.map(async (intent): Promise<UnfinishedOnToken> => ({
      token: intent.serialNumber,
      authority: null,
      personId: intent.personId,
      personName: people.find(({ id }) => id === intent.personId)?.name ?? null,
      begunAt: intent.createdAt,
      state: intent.state === 'issued' ? 'issued' : 'begun',
      isEnrolment: await isEnrolment(stores, intent),
    })),
  );
  return [...ofPeople, ...ofAuthorities];
}

/** An enrolment names its certificate before that exists; a key that is put there has one, and a key for a request never had. */
async function isEnrolment(stores: ReadStores, { state, certificateId }: TokenIntentRecord): Promise<boolean> {
  const certificate = certificateId === '' ? undefined : await stores.certificates.find(certificateId);
  if (state === 'begun') return certificateId !== '' && certificate === undefined;
  return certificate !== undefined && !isFromOutside(certificate);
}
