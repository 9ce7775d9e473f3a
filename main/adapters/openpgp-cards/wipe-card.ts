import { AppError } from '../../domain/errors.ts';
import {
  activateFile,
  readOpenPgpCard,
  readRelatedData,
  selectOpenPgp,
  terminateApplication,
  verifyPin,
  wrongOnPurpose,
} from '../../domain/openpgp/card-application.ts';
import { isGood, perform, type CardAnswer, type CardCommand } from '../../domain/piv/card-command.ts';
import { triesStatus, wrongUnlockCode } from '../../domain/token/pin-status.ts';
import type { CardLine } from '../../ports/readers.ts';

type Ask = (command: CardCommand) => Promise<CardAnswer>;

/**
 * Takes everything off the OpenPGP application of the card on this line, and makes it new (specification 3.4 of the OpenPGP card, sections
 * 7.2.17 and 7.2.18). @throws AppError as `OpenPgpCards.wipe`
 */
export async function wipeCard(line: CardLine, serialNumber: string, adminPin: Uint8Array | undefined): Promise<void> {
  const ask: Ask = async (command) => perform(async (octets) => line.transmit(octets), command);
  const facts = isGood(await ask(selectOpenPgp)) ? readOpenPgpCard((await ask(readRelatedData)).data, new Uint8Array()) : undefined;
  if (facts?.serialNumber !== serialNumber) throw new AppError('token.removed', 'Another card is in this reader now.');
  if (adminPin === undefined) await useUp(ask, facts.tries);
  else await prove(ask, adminPin);
  if (!isGood(await ask(terminateApplication))) throw new AppError('token.unsupported', 'The card does not let itself be wiped.');
  if (!isGood(await ask(activateFile))) throw new AppError('token.device-failed', 'The card was wiped and did not come back.');
}

/** @throws AppError token.unlock-code-incorrect, token.unlock-code-locked */
async function prove(ask: Ask, adminPin: Uint8Array): Promise<void> {
  if (isGood(await ask(verifyPin('adminPin', adminPin)))) return;
  const left = readOpenPgpCard((await ask(readRelatedData)).data, new Uint8Array())?.tries.adminPin ?? 0;
  throw wrongUnlockCode(triesStatus(left), left);
}

/** A card whose PINs are both locked can be wiped by anybody: so says the specification. */
async function useUp(ask: Ask, tries: { readonly pin: number; readonly adminPin: number }): Promise<void> {
  for (const secret of ['pin', 'adminPin'] as const)
    for (let left = tries[secret]; left > 0; left--) await ask(verifyPin(secret, wrongOnPurpose));
}
