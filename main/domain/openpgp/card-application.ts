import { hexDecode, hexEncode } from '../encoding/hex.ts';
import { latin1Decode } from '../encoding/latin1.ts';
import type { CardCommand } from '../piv/card-command.ts';
import { readTlv } from '../piv/piv-data.ts';

/** Of the OpenPGP application on a card (specification 3.4 of the OpenPGP card): its name among applications. */
const application = hexDecode('d27600012401') ?? new Uint8Array();

export const selectOpenPgp: CardCommand = { instruction: 0xa4, p1: 4, p2: 0, data: application };

/** GET DATA of the application related data (section 4.4.3.1): its own number, counters, fingerprints. */
export const readRelatedData: CardCommand = { instruction: 0xca, p1: 0, p2: 0x6e };

/** GET DATA of the cardholder related data (section 4.4.3.3). */
export const readHolder: CardCommand = { instruction: 0xca, p1: 0, p2: 0x65 };

/** VERIFY (section 7.2.2); the data is the caller's to wipe. */
export const verifyPin = (of: 'pin' | 'adminPin', data: Uint8Array): CardCommand => ({
  instruction: 0x20,
  p1: 0,
  p2: of === 'pin' ? 0x81 : 0x83,
  data,
});

/** What nobody chooses as a PIN, long enough for both, as GnuPG uses tries up. */
export const wrongOnPurpose: Uint8Array = new Uint8Array(8).fill(0x40);

/** TERMINATE DF and ACTIVATE FILE (sections 7.2.16 and 7.2.17): the application ends, and begins anew as it left the factory. */
export const terminateApplication: CardCommand = { instruction: 0xe6, p1: 0, p2: 0 };
export const activateFile: CardCommand = { instruction: 0x44, p1: 0, p2: 0 };

/** What an OpenPGP card tells of itself without anybody's PIN. */
export interface OpenPgpCardFacts {
  /** Its application identifier, hex, upper case: names the card wherever it is. */
  readonly serialNumber: string;
  /** As printed and said: maker and number, 4 and 8 hexadecimal digits. */
  readonly number: string;
  /** Its maker's number in the list of GnuPG. */
  readonly maker: number;
  /** As the card has it, the surname last; empty where nobody wrote one. */
  readonly holder: string;
  /** Tries left of the PIN (PW1), of the reset code, which many have none of, and of the administrator's PIN (PW3). */
  readonly tries: { readonly pin: number; readonly resetCode: number; readonly adminPin: number };
  /** Of the keys on it, hex, lower case; null where there is none. */
  readonly fingerprints: { readonly sign: string | null; readonly decrypt: string | null; readonly authenticate: string | null };
}

const [aidSize, fingerprintSize] = [16, 20];

/** Reads both answers; undefined for what no OpenPGP card says. */
export function readOpenPgpCard(related: Uint8Array, holder: Uint8Array): OpenPgpCardFacts | undefined {
  const outer = readTlv(related)?.get('6e') ?? related;
  const fields = readTlv(outer);
  const [aid, inner] = [fields?.get('4f'), fields?.get('73')];
  const discretionary = inner && readTlv(inner);
  const [status, fingerprints] = [discretionary?.get('c4'), discretionary?.get('c5')];
  if (aid?.length !== aidSize || status === undefined || status.length < 7 || fingerprints === undefined) return undefined;
  const maker = hexEncode(aid.subarray(8, 10)).toUpperCase();
  return {
    serialNumber: hexEncode(aid).toUpperCase(),
    number: `${maker} ${hexEncode(aid.subarray(10, 14)).toUpperCase()}`,
    maker: Number.parseInt(maker, 16),
    holder: holderName(holder),
    tries: { pin: status[4] ?? 0, resetCode: status[5] ?? 0, adminPin: status[6] ?? 0 },
    fingerprints: {
      sign: fingerprintAt(fingerprints, 0),
      decrypt: fingerprintAt(fingerprints, 1),
      authenticate: fingerprintAt(fingerprints, 2),
    },
  };
}

function fingerprintAt(all: Uint8Array, place: number): string | null {
  const one = all.subarray(place * fingerprintSize, (place + 1) * fingerprintSize);
  return one.length < fingerprintSize || one.every((octet) => octet === 0) ? null : hexEncode(one);
}

/** `Surname<<Given<Names` (ISO 7501-1), in the order in which people say it. */
function holderName(answer: Uint8Array): string {
  const name = readTlv(readTlv(answer)?.get('65') ?? answer)?.get('5b') ?? new Uint8Array();
  const [surname = '', given = ''] = latin1Decode(name).split('<<');
  return [given, surname]
    .map((part) =>
      part
        .replaceAll('<', ' ')
        .replace(/[^\p{L}\p{M}\p{N} .,'-]/gu, '')
        .trim(),
    )
    .filter((part) => part !== '')
    .join(' ');
}
