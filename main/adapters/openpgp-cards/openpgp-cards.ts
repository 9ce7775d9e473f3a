import { existsSync } from 'node:fs';
import { AppError } from '../../domain/errors.ts';
import { triesStatus, wrongPin, wrongUnlockCode } from '../../domain/token/pin-status.ts';
import type { OpenPgpCards, SeenOpenPgpCard } from '../../ports/openpgp-cards.ts';
import type { Readers } from '../../ports/readers.ts';
import { lookAtCards } from './look-at-cards.ts';
import { answering, deadlines, openCard, type Asked } from './open-card.ts';
import { driverMissing, Scdaemon, ScdaemonError } from './scdaemon.ts';
import { wipeCard } from './wipe-card.ts';

export interface OpenPgpCardOptions {
  readonly readers: Readers;
  /** The same for those who only look, which gives way to acts. */
  readonly looking: Readers;
  /** Where GnuPG's driver may be. */
  readonly programs: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Runs an act while nothing else of ours speaks to cards, and whether one is running. */
  readonly alone: <T>(act: () => Promise<T>) => Promise<T>;
  readonly isActing: () => boolean;
}

/** Of Linux distributions and macOS; of no other system whose readers Keyward can ask. */
export const scdaemonPlaces: readonly string[] = [
  '/usr/lib/gnupg/scdaemon',
  '/usr/lib/gnupg2/scdaemon',
  '/usr/libexec/scdaemon',
  '/usr/local/libexec/scdaemon',
  '/opt/homebrew/opt/gnupg/libexec/scdaemon',
];

/** OpenPGP cards behind the system's reader service: looked at by its own commands, acted on by GnuPG's driver. */
export function createOpenPgpCards(options: OpenPgpCardOptions): OpenPgpCards {
  const find = async (serialNumber: string) => (await lookAtCards(options.readers, {})).find((card) => card.serialNumber === serialNumber);
  const withScdaemon = async <T>(
    serialNumber: string,
    act: (scdaemon: Scdaemon, onAsked: (asked: Asked) => void) => Promise<T>,
  ): Promise<T> => {
    const program = options.programs.find((path) => existsSync(path));
    if (program === undefined) throw driverMissing();
    return options.alone(async () => {
      const card = await find(serialNumber);
      if (card === undefined) throw new AppError('token.removed', 'This OpenPGP card is in no reader now.');
      const scdaemon = new Scdaemon({ program, environment: options.environment, reader: card.reader });
      let asked: Asked = 'pin';
      try {
        await begin(scdaemon, serialNumber);
        return await act(scdaemon, (now) => (asked = now));
      } catch (error) {
        throw error instanceof ScdaemonError ? await worded(error, asked, async () => find(serialNumber)) : error;
      } finally {
        scdaemon.close();
      }
    });
  };
  let last: readonly SeenOpenPgpCard[] = [];
  return {
    survey: async (readers) => {
      // A look would end the sign-in of an act that is running.
      if (options.isActing()) return last.filter(({ reader }) => readers === undefined || readers.includes(reader));
      const seen = await lookAtCards(options.looking, { among: readers, last });
      last = readers === undefined ? seen : [...last.filter(({ reader }) => !readers.includes(reader)), ...seen];
      return seen;
    },
    withCard: async ({ serialNumber }, pins, act) =>
      withScdaemon(serialNumber, async (scdaemon, onAsked) => act(openCard(scdaemon, serialNumber, pins, onAsked))),
    changePin: async ({ serialNumber }, { of, old, fresh }) =>
      withScdaemon(serialNumber, async (scdaemon, onAsked) => {
        const answer = answering({ [of]: old, fresh }, (now) => now !== 'fresh' && onAsked(now));
        await scdaemon.command(of === 'pin' ? 'PASSWD 1' : 'PASSWD 3', deadlines.answer, answer);
      }),
    unblock: async ({ serialNumber }, { adminPin, fresh }) =>
      withScdaemon(serialNumber, async (scdaemon, onAsked) => {
        const answer = answering({ adminPin, fresh }, (now) => now !== 'fresh' && onAsked(now));
        await scdaemon.command('PASSWD --reset 1', deadlines.answer, answer);
      }),
    wipe: async ({ serialNumber }, adminPin) =>
      options.alone(async () => {
        const card = await find(serialNumber);
        if (card === undefined) throw new AppError('token.removed', 'This OpenPGP card is in no reader now.');
        await options.readers.withCard(card.reader, async (line) => wipeCard(line, serialNumber, adminPin));
      }),
  };
}

/** @throws AppError token.removed where another card is served */
async function begin(scdaemon: Scdaemon, serialNumber: string): Promise<void> {
  await scdaemon.begin(deadlines.answer);
  const { status } = await scdaemon.command('SERIALNO openpgp', deadlines.answer);
  const served = status.find(({ keyword }) => keyword === 'SERIALNO')?.text.toUpperCase();
  if (served !== serialNumber) throw new AppError('token.removed', 'Another card is in this reader now.');
}

/** Of libgpg-error (GPG_ERR_*). */
const refusals = { badPin: 87, pinBlocked: 130, notSupported: 60, unsupportedAlgorithm: 84, invalidValue: 55 } as const;
const unsupported: readonly number[] = [refusals.notSupported, refusals.unsupportedAlgorithm, refusals.invalidValue];

/** A wrong PIN with the card's own count of what is left; a card that is gone as such. */
async function worded({ code }: ScdaemonError, asked: Asked, look: () => Promise<SeenOpenPgpCard | undefined>): Promise<AppError> {
  const card = await look();
  if (card === undefined) return new AppError('token.removed', 'The card was taken out in the middle of it.');
  if (code === refusals.badPin || code === refusals.pinBlocked) {
    const left = asked === 'adminPin' ? card.tries.adminPin : card.tries.pin;
    return asked === 'adminPin' ? wrongUnlockCode(triesStatus(left), left) : wrongPin(triesStatus(left), left);
  }
  if (unsupported.includes(code)) return new AppError('token.mechanism-unsupported', 'The card does not take keys of this kind.');
  return new AppError('token.device-failed', 'The card did not do what it was asked.', { returnValue: String(code) });
}
