import { expect } from 'vitest';
import type { PivCardState } from '../../adapters/fixtures/piv-card.ts';
import { yubiKeyModule } from '../../services/support/piv-modules.ts';
import { newPractice } from '../../services/support/practice.ts';
import { newReaderDesk } from '../../services/support/reader-service.ts';
import { impatient } from '../../services/support/soft-hsm.ts';

/** Card and machine may be slow. */
export const patience = { timeout: 90_000, interval: 200 };

/** What the card has, and another PIN. */
export const [pin, puk, fresh] = ['482915', '59204718', '730284'];

/** A practice beside a reader service, with one card in. */
export async function deskWithCard(differing: Partial<PivCardState>, tokenModules = [yubiKeyModule]) {
  const desk = newReaderDesk();
  const practice = await newPractice({ tokenModules, tokenDeadlines: impatient });
  const card = desk.newCard(differing);
  const service = desk.start('two');
  const pullOut = service.insert(card);
  const list = async () => (await practice.client.tokens.list({})).tokens;
  await expect.poll(async () => (await list()).map(({ tries }) => tries.pin), patience).toEqual([3]);
  const token = (await list())[0]?.serialNumber ?? '';
  return { desk, practice, client: practice.client, card, service, pullOut, list, token };
}

/** `done`, or the code of the refusal and the tries it says are left. */
export const outcomeOf = async (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => 'done',
    (error: { code: string; details: { left?: number } }) => [error.code, error.details.left ?? null],
  );
