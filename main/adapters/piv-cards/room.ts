import { createCipheriv, createDecipheriv, randomBytes, timingSafeEqual } from 'node:crypto';
import { hexDecode } from '../../domain/encoding/hex.ts';
import { latin1Decode } from '../../domain/encoding/latin1.ts';
import { isGood } from '../../domain/piv/card-command.ts';
import {
  askChallenge,
  isFull,
  metadataOf,
  pivReference,
  proveManagementKey,
  putObject,
  readObject,
  roomProbe,
  selectPiv,
} from '../../domain/piv/piv-command.ts';
import { challengeField, managementAlgorithm } from '../../domain/piv/piv-data.ts';
import type { CardLine } from '../../ports/readers.ts';
import { perform } from './piv-application.ts';

/**
 * Whether so many octets still fit on the card: an object that nobody reads is put there and taken off again, by the management key
 * (48 hexadecimal digits). Undefined where the card does not let itself be asked so. What the key has opened is closed afterwards.
 */
export async function hasRoom(card: CardLine, managementKey: Uint8Array, octets: number): Promise<boolean | undefined> {
  const key = hexDecode(latin1Decode(managementKey));
  if (key === undefined || isGood(await perform(card, readObject(roomProbe)))) return undefined;
  try {
    if (!(await isOpenedBy(card, key))) return undefined;
    const answer = await perform(card, putObject(roomProbe, new Uint8Array(octets)));
    if (isFull(answer)) return false;
    if (!isGood(answer)) return undefined;
    await perform(card, putObject(roomProbe, new Uint8Array()));
    return true;
  } finally {
    key.fill(0);
    await perform(card, selectPiv);
  }
}

/** The card and we prove to each other that we have the key (NIST SP 800-73-4 part 2, appendix A.1). */
async function isOpenedBy(card: CardLine, key: Uint8Array): Promise<boolean> {
  const metadata = await perform(card, metadataOf(pivReference.managementKey));
  const algorithm = isGood(metadata) ? managementAlgorithm(metadata.data) : undefined;
  const cipher = algorithm === undefined ? undefined : ciphers[algorithm];
  if (algorithm === undefined || cipher === undefined) return false;
  const asked = await perform(card, askChallenge(algorithm));
  const witness = isGood(asked) ? challengeField(asked.data, '80') : undefined;
  if (witness?.length !== cipher.block) return false;
  const challenge = randomBytes(cipher.block);
  const answer = await perform(card, proveManagementKey(algorithm, opened(cipher.name, key, witness), challenge));
  const proof = isGood(answer) ? challengeField(answer.data, '82') : undefined;
  return proof?.length === cipher.block && timingSafeEqual(proof, sealed(cipher.name, key, challenge));
}

/** Of management keys of 24 octets, by the identifier of their algorithm (NIST SP 800-78-4, table 6-2). */
const ciphers: Readonly<Record<number, { readonly name: string; readonly block: number }>> = {
  0x03: { name: 'des-ede3-ecb', block: 8 },
  0x0a: { name: 'aes-192-ecb', block: 16 },
};

function opened(name: string, key: Uint8Array, block: Uint8Array): Uint8Array {
  const cipher = createDecipheriv(name, key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}

function sealed(name: string, key: Uint8Array, block: Uint8Array): Uint8Array {
  const cipher = createCipheriv(name, key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}
