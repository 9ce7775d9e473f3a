import { base32Encode } from '../encoding/base32.ts';
import { latin1Decode } from '../encoding/latin1.ts';
import type { MailKitId } from './kit/kits.ts';
import type { MailClientId } from './mail-client.ts';

/** Where somebody reads mail, whether it is set up here or by files. */
export type MailProgramId = MailClientId | MailKitId;

/**
 * `made`: sealed, and perhaps on its way; who was killed while it was sent does not know. `waiting`: it was sent, or saved as a file.
 * `proved`: its code came back in a mail that its recipient signed.
 */
export const mailTestStates = ['made', 'waiting', 'proved'] as const;
export type MailTestState = (typeof mailTestStates)[number];

/** Octets of chance in the code of a test message: nobody guesses it (SP 800-63B section 3.1.3.2 wants 20 bits). */
export const testCodeOctets = 16;

/** One word that survives quoting, line breaks and HTML: whoever shows it has opened the message it was in. */
export const testCode = (octets: Uint8Array): string => `KEYWARD-${latin1Decode(base32Encode(octets))}`;

/** More codes than this are no answer to a test message. */
const mostCodes = 20;

/** What looks like a code in the words of a mail, each once. */
export const codesIn = (text: string): readonly string[] => [...new Set(text.match(/\bKEYWARD-[A-Z2-7]{26}\b/g) ?? [])].slice(0, mostCodes);
