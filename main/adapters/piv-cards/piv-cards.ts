import { AppError } from '../../domain/errors.ts';
import { isGood, type CardAnswer, type CardCommand } from '../../domain/piv/card-command.ts';
import {
  attest,
  askTries,
  changePuk,
  fitsPivCode,
  metadataOf,
  pivReference,
  readAttestationCertificate,
  resetPin,
  triesIn,
} from '../../domain/piv/piv-command.ts';
import type { Attestation } from '../../domain/piv/attestation.ts';
import { certificateIn, readSecretMetadata, type SecretMetadata } from '../../domain/piv/piv-data.ts';
import { triesStatus, wrongUnlockCode } from '../../domain/token/pin-status.ts';
import { knownCard } from '../../domain/token/known-cards.ts';
import type { PivAddress, PivCards, PivFacts } from '../../ports/piv-cards.ts';
import type { CardLine, Readers } from '../../ports/readers.ts';
import { perform, selectedPiv } from './piv-application.ts';
import { hasRoom } from './room.ts';

/** PIV cards behind the system's reader service. */
export function createPivCards(readers: Pick<Readers, 'withCard'>): PivCards {
  return {
    look: async ({ name, atr }) => {
      try {
        return await readers.withCard(name, async (card) => look(card, knownCard(atr ?? '')?.name === 'YubiKey'));
      } catch (error) {
        if (error instanceof AppError) return undefined;
        throw error;
      }
    },
    unblock: async (address, puk, newPin) => onCard(readers, address, async (card) => byPuk(card, puk, resetPin(puk, newPin))),
    attest: async (address, slot) => onCard(readers, address, async (card) => attestation(card, slot)),
    hasRoom: async (address, managementKey, octets) => onCard(readers, address, async (card) => hasRoom(card, managementKey, octets)),
    changePuk: async (address, puk, newPuk) => onCard(readers, address, async (card) => byPuk(card, puk, changePuk(puk, newPuk))),
  };
}

async function attestation(card: CardLine, slot: number): Promise<Attestation | undefined> {
  const statement = await perform(card, attest(slot));
  if (!isGood(statement)) return undefined;
  const object = await perform(card, readAttestationCertificate);
  const device = isGood(object) ? certificateIn(object.data) : undefined;
  // A statement without what certifies it is kept as one that does not hold.
  return { statement: Uint8Array.from(statement.data), device: Uint8Array.from(device ?? []) };
}

const unknown: SecretMetadata = { left: null, isFactory: null };

async function look(card: CardLine, isYubiKey: boolean): Promise<PivFacts | undefined> {
  const guid = await selectedPiv(card);
  if (guid === undefined) return undefined;
  const told = async (reference: number) => (isYubiKey ? metadata(card, reference) : undefined);
  const left = triesIn(await perform(card, askTries)) ?? null;
  return {
    guid,
    pin: (await told(pivReference.pin)) ?? { ...unknown, left },
    puk: (await told(pivReference.puk)) ?? unknown,
    managementKey: (await told(pivReference.managementKey)) ?? unknown,
  };
}

async function metadata(card: CardLine, reference: number): Promise<SecretMetadata | undefined> {
  const answer = await perform(card, metadataOf(reference));
  return isGood(answer) ? readSecretMetadata(answer.data) : undefined;
}

/** Speaks to one card and no other. @throws AppError token.removed */
async function onCard<T>(
  readers: Pick<Readers, 'withCard'>,
  { reader, guid }: PivAddress,
  act: (card: CardLine) => Promise<T>,
): Promise<T> {
  return readers.withCard(reader, async (card) => {
    if ((await selectedPiv(card)) !== guid) throw new AppError('token.removed', 'Another card is in this reader now.');
    return act(card);
  });
}

/** One try of the PUK; one that cannot be right is not sent. */
async function byPuk(card: CardLine, puk: Uint8Array, command: CardCommand): Promise<void> {
  try {
    if (!fitsPivCode(puk))
      throw new AppError('input.invalid', 'No PUK has this length; nothing was tried.', { field: 'unlockCode', rule: 'length' });
    requireDone(await perform(card, command));
  } finally {
    command.data?.fill(0);
  }
}

function requireDone(answer: CardAnswer): void {
  if (isGood(answer)) return;
  const left = triesIn(answer);
  if (left !== undefined) throw wrongUnlockCode(triesStatus(left), left);
  const returnValue = answer.status.toString(16);
  if (answer.status === 0x6a80) throw new AppError('token.pin-refused', 'The card does not take this PIN.', { returnValue });
  throw new AppError('token.device-failed', 'The card did not do what it was asked.', { returnValue });
}
