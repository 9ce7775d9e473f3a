import type { ErrorCode, ErrorDetails } from '../errors.ts';
import { knownCard } from './known-cards.ts';

/**
 * `running`: it answers. `stopped`: it is installed and nobody answers. `missing`: it is not installed. `refused`: it
 * does not let this program in. `unknown`: this system has none that Keyward can ask.
 */
export type ReaderService = 'running' | 'stopped' | 'missing' | 'refused' | 'unknown';

/** A reader of the system, and what is in it. */
export interface SeenReader {
  readonly name: string;
  /** `mute`: something is in it and says nothing, as a card put in the wrong way round. */
  readonly card: 'none' | 'mute' | 'present';
  /** Answer to reset of the card (ISO 7816-3), hex: what kind of card it is. */
  readonly atr: string | null;
}

/** All that is known at one moment of what stands between a person and their card. */
export interface SeenAtReaders {
  readonly service: ReaderService;
  readonly readers: readonly SeenReader[];
  /** Tokens that drivers show, each with its slot's description. */
  readonly tokens: readonly { readonly serialNumber: string; readonly reader: string }[];
  readonly modules: readonly {
    readonly name: string;
    readonly state: 'working' | 'missing' | 'unusable' | 'crashed' | 'hung';
    readonly error: { readonly code: ErrorCode; readonly details: ErrorDetails } | null;
  }[];
}

/** How it stands with one reader, or with all of them where none is named. */
export interface ReaderFinding {
  readonly reader: string | null;
  /** The card that is fine in it. */
  readonly token: string | null;
  /** Null where all is well. */
  readonly error: { readonly code: ErrorCode; readonly details: ErrorDetails } | null;
}

const ofService = {
  stopped: 'token.service-stopped',
  missing: 'token.service-missing',
  refused: 'token.service-refused',
} as const satisfies Readonly<Record<string, ErrorCode>>;

/** What is wrong with the reader service; undefined where it runs or nobody can tell. */
export const serviceFault = (service: ReaderService): ErrorCode | undefined =>
  service === 'running' || service === 'unknown' ? undefined : ofService[service];

/**
 * What keeps cards from being seen, told apart: the reader service, no reader, no card, one the wrong way round, a driver
 * that is missing or does not work, a card nobody knows; and which reader holds a card that is fine. Nothing where the system
 * cannot be asked.
 */
export function readerHealth(seen: SeenAtReaders): readonly ReaderFinding[] {
  const { service, readers } = seen;
  if (service === 'unknown') return [];
  if (service !== 'running') return [wrong(null, ofService[service])];
  if (readers.length === 0) return [wrong(null, 'token.no-reader')];
  return readers.map((reader) => findingOf(reader, seen));
}

const wrong = (reader: string | null, code: ErrorCode, details: ErrorDetails = {}): ReaderFinding => ({
  reader,
  token: null,
  error: { code, details },
});

function findingOf({ name, card, atr }: SeenReader, { tokens, modules }: SeenAtReaders): ReaderFinding {
  if (card === 'none') return wrong(name, 'token.absent');
  if (card === 'mute') return wrong(name, 'token.card-mute');
  const token = tokens.find(({ reader }) => isSlotOf(reader, name));
  if (token !== undefined) return { reader: name, token: token.serialNumber, error: null };
  return { reader: name, token: null, error: whyUnseen(atr ?? '', modules) };
}

/** PKCS #11 cuts a slot's description off after 64 octets; some drivers put words of their own before or behind the reader's name. */
export const isSlotOf = (slot: string, reader: string): boolean => slot !== '' && (reader.startsWith(slot) || slot.includes(reader));

/** A card that is in and that no driver shows. */
function whyUnseen(atr: string, modules: SeenAtReaders['modules']): NonNullable<ReaderFinding['error']> {
  const kind = knownCard(atr);
  const fitting = modules.filter(({ name }) => kind === undefined || kind.drivers.includes(name));
  const installed = fitting.filter(({ state }) => state !== 'missing');
  if (kind !== undefined && installed.length === 0)
    return { code: 'token.driver-missing', details: { card: kind.name, drivers: kind.drivers } };
  const failed = installed.find(({ error, state }) => error !== null && state !== 'working');
  if (failed?.error && (kind !== undefined || !installed.some(({ state }) => state === 'working'))) return failed.error;
  return { code: 'token.card-unknown', details: kind === undefined ? {} : { card: kind.name } };
}
