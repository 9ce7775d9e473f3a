import { Secret } from '../contract/secret.ts';
import { generatePassword, passwordRandomOctets } from '../domain/pfx/generate-password.ts';
import type { Random } from '../ports/random.ts';

/** What a file with private keys is locked with. */
export interface FilePassword {
  readonly octets: Uint8Array;
  /** The one that was made, to be answered once with the file; null where the caller gave one. */
  readonly made: Secret | null;
}

/** The password that was given, or a new one. */
export function filePassword(given: Secret | undefined, random: Random): FilePassword {
  if (given !== undefined) return { octets: given.reveal(), made: null };
  const made = new Secret(makePassword(random));
  return { octets: made.reveal(), made };
}

function makePassword(random: Random): Uint8Array {
  const octets = random.bytes(passwordRandomOctets);
  const password = generatePassword(octets);
  octets.fill(0);
  return password;
}
