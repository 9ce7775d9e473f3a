import { AppError } from '../domain/errors.ts';
import { requireUsableUnlockCode, triesStatus } from '../domain/token/pin-status.ts';
import type { Clock } from '../ports/clock.ts';
import type { SeenOpenPgpCard } from '../ports/openpgp-cards.ts';
import type { Commit } from './handler.ts';
import type { OpenPgpCardParts } from './openpgp-cards.ts';
import { openPgpOn } from './openpgp-revocation.ts';
import { isGood } from './openpgp-view.ts';
import { enterBegun, type TokenActor } from './token-begun.ts';
import { recordWiping } from './token-wiping.ts';

export interface WipingCardParts extends OpenPgpCardParts {
  readonly clock: Clock;
}

export interface CardWiping {
  readonly card: SeenOpenPgpCard;
  /** Absent: the tries of both PINs are used up, as the person was told. */
  readonly adminPin: Uint8Array | undefined;
  readonly finalTry: boolean;
}

/**
 * Takes everything off an OpenPGP card. That it was begun is in the log before; afterwards the key that signed there is destroyed as far as
 * Keyward knows. @throws AppError token.in-use while somebody of the practice signs with it; token.*
 */
export async function wipeOpenPgpCard(
  parts: WipingCardParts,
  { card, adminPin, finalTry }: CardWiping,
  by: TokenActor,
): Promise<Commit<{ readonly card: string; readonly auditIndex: number }>> {
  const { serialNumber } = card;
  if (adminPin !== undefined) requireUsableUnlockCode(triesStatus(card.tries.adminPin), finalTry);
  await refuseInUse(parts, serialNumber);
  await enterBegun(parts.auditTrail, by, 'openpgp.wipe-card-begin', { token: serialNumber });
  await parts.openPgpCards.wipe(card, adminPin);
  return async (stores, { time, auditIndex }) => {
    const keys = await recordWiping(stores, serialNumber, time);
    return {
      value: { card: serialNumber, auditIndex },
      subject: { token: serialNumber, keys },
      pushes: [
        { name: 'tokens.changed', payload: { tokens: [serialNumber] } },
        { name: 'openpgp.changed', payload: { openPgp: [] } },
      ],
    };
  };
}

async function refuseInUse({ read, clock }: WipingCardParts, serialNumber: string): Promise<void> {
  for (const record of await openPgpOn(read(), serialNumber)) {
    const isActive = (await read().people.find(record.personId))?.status === 'active';
    if (isActive && record.isCurrent && isGood(record, clock.now()))
      throw new AppError('token.in-use', 'Somebody of the practice signs with the key on this card.', { token: serialNumber });
  }
}
