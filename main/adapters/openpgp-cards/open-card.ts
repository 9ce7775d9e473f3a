import { hexEncode } from '../../domain/encoding/hex.ts';
import { AppError } from '../../domain/errors.ts';
import type { CurveSecret } from '../../domain/openpgp/curve-secret.ts';
import type { OpenOpenPgpCard, OpenPgpCardPins } from '../../ports/openpgp-cards.ts';
import { keyExpression } from './key-expression.ts';
import type { AnswerInquiry, Scdaemon, ScdaemonReply } from './scdaemon.ts';

/** Milliseconds. */
export const deadlines = { answer: 30_000, generate: 240_000 } as const;

/** Where keys are on a card, and how their algorithms are set (KEY-ATTR). */
const places = {
  ed25519: { slot: 1, attribute: '22 ed25519' },
  x25519: { slot: 2, attribute: '18 cv25519' },
} as const;

/** Which secret a prompt of scdaemon asks for: `|A|` the administrator's, with `N` a new one. */
export type Asked = 'pin' | 'adminPin' | 'fresh';

function askedFor(prompt: string): Asked {
  const flags = /^\|([A-Z]*)\|/.exec(prompt)?.[1] ?? '';
  if (flags.includes('N')) return 'fresh';
  return flags.includes('A') ? 'adminPin' : 'pin';
}

/** Octets that end with a zero, as scdaemon takes PINs. */
const pinOctets = (pin: Uint8Array): Uint8Array => Uint8Array.from([...pin, 0]);

/**
 * Answers each kind of question once within a command: what is asked for again was refused, and is not tried again.
 * `onAsked` hears what was last sent.
 */
export function answering(
  secrets: Partial<Readonly<Record<Asked, Uint8Array>>>,
  onAsked: (asked: Asked) => void,
  keyData?: Uint8Array,
): AnswerInquiry {
  const told = new Set<string>();
  return (keyword, text) => {
    if (keyword === 'KEYDATA') return keyData && Uint8Array.from(keyData);
    // A reader with keys of its own asks by itself.
    if (keyword !== 'NEEDPIN') return new Uint8Array();
    const asked = askedFor(text);
    const secret = secrets[asked];
    // A new PIN may be asked for twice.
    if (secret === undefined || (asked !== 'fresh' && told.has(asked))) return undefined;
    told.add(asked);
    onAsked(asked);
    return pinOctets(secret);
  };
}

/** The acts of one card that scdaemon serves. */
export function openCard(
  scdaemon: Scdaemon,
  serialNumber: string,
  pins: OpenPgpCardPins,
  onAsked: (asked: Asked) => void,
): OpenOpenPgpCard {
  const ask = async (line: string, milliseconds: number = deadlines.answer, keyData?: Uint8Array): Promise<ScdaemonReply> =>
    scdaemon.command(line, milliseconds, answering(pins, onAsked, keyData));
  const choose = async ({ slot, attribute }: (typeof places)[keyof typeof places]) =>
    void (await ask(`SETATTR KEY-ATTR --force ${slot} ${attribute}`));
  return {
    checkPin: async () => void (await ask(`CHECKPIN ${serialNumber}`)),
    generateSigningKey: async (createdAt) => {
      await choose(places.ed25519);
      const { status } = await ask(`GENKEY --force --timestamp=${isoTime(createdAt)} ${places.ed25519.slot}`, deadlines.generate);
      return madePoint(status);
    },
    putKey: async (secret: CurveSecret) => {
      const place = places[secret.curve];
      await choose(place);
      const expression = keyExpression(secret);
      try {
        await ask(`WRITEKEY --force OPENPGP.${place.slot}`, deadlines.answer, expression);
      } finally {
        expression.fill(0);
      }
    },
    sign: async (digest) => {
      await ask(`SETDATA ${hexEncode(digest)}`);
      return (await ask(`PKSIGN --hash=sha512 OPENPGP.${places.ed25519.slot}`)).data;
    },
  };
}

/** As scdaemon reads it: 20260101T000000. */
const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d+Z$/g, '');

/** @throws AppError token.device-failed when the card tells of no Ed25519 key */
function madePoint(status: ScdaemonReply['status']): Uint8Array {
  const point = status.find(({ keyword, text }) => keyword === 'KEY-DATA' && text.startsWith('q '))?.text.slice(2) ?? '';
  const octets = Buffer.from(point, 'hex');
  if (octets.length !== 33 || octets[0] !== 0x40) throw new AppError('token.device-failed', 'The card did not show the key it made.');
  return Uint8Array.from(octets.subarray(1));
}
