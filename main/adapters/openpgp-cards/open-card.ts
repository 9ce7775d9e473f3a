import { hexEncode } from '../../domain/encoding/hex.ts';
import { AppError } from '../../domain/errors.ts';
import type { OpenPgpAlgorithm } from '../../domain/openpgp/algorithm.ts';
import type { CardSigningKey } from '../../domain/openpgp/card-key.ts';
import type { OpenOpenPgpCard, OpenPgpCardPins } from '../../ports/openpgp-cards.ts';
import { keyExpression } from './key-expression.ts';
import type { AnswerInquiry, Scdaemon, ScdaemonReply } from './scdaemon.ts';

/** Milliseconds. */
export const deadlines = { answer: 30_000, generate: 240_000 } as const;

/** Where keys are on a card. */
const slots = { sign: 1, decrypt: 2 } as const;

/** How their algorithms are set (KEY-ATTR). */
const attributes: Readonly<Record<OpenPgpAlgorithm, Readonly<Record<keyof typeof slots, string>>>> = {
  curve25519: { sign: '22 ed25519', decrypt: '18 cv25519' },
  rsa2048: { sign: '1 rsa2048', decrypt: '1 rsa2048' },
  rsa3072: { sign: '1 rsa3072', decrypt: '1 rsa3072' },
  rsa4096: { sign: '1 rsa4096', decrypt: '1 rsa4096' },
};

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
  return {
    checkPin: async () => void (await ask(`CHECKPIN ${serialNumber}`)),
    prepare: async (algorithm) => {
      for (const place of ['sign', 'decrypt'] as const)
        await ask(`SETATTR KEY-ATTR --force ${slots[place]} ${attributes[algorithm][place]}`);
      // It says that all is well also where the card has refused.
      requireAttributes((await ask('GETATTR KEY-ATTR')).status, attributes[algorithm]);
    },
    generateSigningKey: async (createdAt) => {
      const { status } = await ask(`GENKEY --force --timestamp=${isoTime(createdAt)} ${slots.sign}`, deadlines.generate);
      return madeKey(status);
    },
    putKey: async (place, secret) => {
      const expression = keyExpression(secret);
      try {
        await ask(`WRITEKEY --force OPENPGP.${slots[place]}`, deadlines.answer, expression);
      } finally {
        expression.fill(0);
      }
    },
    sign: async (digest) => {
      await ask(`SETDATA ${hexEncode(digest)}`);
      return (await ask(`PKSIGN --hash=sha512 OPENPGP.${slots.sign}`)).data;
    },
  };
}

/** Of RSA the size counts, of a curve the algorithm, whose curve some call by another name. @throws AppError token.mechanism-unsupported */
function requireAttributes(status: ScdaemonReply['status'], wanted: Readonly<Record<keyof typeof slots, string>>): void {
  const shown = status.flatMap(({ keyword, text }) => (keyword === 'KEY-ATTR' ? [`${text} `] : []));
  for (const place of ['sign', 'decrypt'] as const) {
    const [algorithm = '', name = ''] = wanted[place].split(' ');
    const start = `${slots[place]} ${algorithm} ${name.startsWith('rsa') ? `${name} ` : ''}`;
    if (!shown.some((text) => text.startsWith(start)))
      throw new AppError('token.mechanism-unsupported', 'The card has no keys of this kind.', { algorithm: name });
  }
}

/** As scdaemon reads it: 20260101T000000. */
const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d+Z$/g, '');

/** The key that the card has made, out of what scdaemon tells of it. @throws AppError token.device-failed where that is none we know */
export function madeKey(status: ScdaemonReply['status']): CardSigningKey {
  const [q, n, e] = [numberIn(status, 'q'), numberIn(status, 'n'), numberIn(status, 'e')];
  if (q.length === 33 && q[0] === 0x40) return { kind: 'ed25519', point: q.subarray(1) };
  if (n.length > 0 && e.length > 0) return { kind: 'rsa', modulus: n, exponent: e };
  throw new AppError('token.device-failed', 'The card did not show the key it made.');
}

/** A long number comes in pieces, all but the last announced by a dash; none has zeros in front. */
function numberIn(status: ScdaemonReply['status'], name: string): Uint8Array {
  const pieces = status.flatMap(({ keyword, text }) =>
    keyword === 'KEY-DATA' ? [new RegExp(`^-?${name} ([0-9A-Fa-f]+)$`).exec(text)] : [],
  );
  const octets = Buffer.from(pieces.map((piece) => piece?.[1] ?? '').join(''), 'hex');
  const start = octets.findIndex((octet) => octet !== 0);
  return Uint8Array.from(start < 0 ? [] : octets.subarray(start));
}
