import { expect } from 'vitest';
import type { PivCardState } from '../../adapters/fixtures/piv-card.ts';
import { deskWithPractice, staff } from '../../cli/support/command-line.ts';
import { yubiKeyModule } from '../../services/support/piv-modules.ts';
import { newReaderDesk } from '../../services/support/reader-service.ts';
import { impatient } from '../../services/support/soft-hsm.ts';
import { patience, pin } from './desk-with-card.ts';

/** The command line beside a reader service, with a practice of two people and a PIV card as it comes from the factory but for its PIN. */
export async function commandLineWithCard(differing: Partial<PivCardState> = {}, attestationIssuers: readonly Uint8Array[] = []) {
  const readers = newReaderDesk();
  const desk = await deskWithPractice({ tokenModules: [yubiKeyModule], tokenDeadlines: impatient, attestationIssuers });
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  const card = readers.newCard({ pin, ...differing });
  const service = readers.start('two');
  const pullOut = service.insert(card);
  const list = async () => (await desk.json<{ tokens: { serialNumber: string; tries: { pin: number | null } }[] }>('token', 'list')).tokens;
  await expect.poll(async () => (await list()).map(({ tries }) => tries.pin), patience).toHaveLength(1);
  const token = (await list())[0]?.serialNumber ?? '';
  return { desk, card, service, pullOut, list, token, withPin: ['--pin-file', desk.put('pin', `${pin}\n`)] as const };
}
