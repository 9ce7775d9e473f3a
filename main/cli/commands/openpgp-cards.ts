import type { OpenPgpCardSummary } from '../../contract/openpgp.ts';
import { AppError } from '../../domain/errors.ts';
import type { OpenPgpAlgorithm } from '../../domain/openpgp/algorithm.ts';
import { groupFingerprint } from '../../domain/openpgp/fingerprint.ts';
import type { CliCommand, CommandContext, CommandResult, OptionTypes } from '../command.ts';
import { descriptor, flag, only, optional, required, text } from '../option-values.ts';
import { newPin, newPinOptions, pinQuestion, soPinOptions } from '../pin-options.ts';
import { table } from '../table.ts';

export const openPgpCardOptions = {
  card: { type: 'string' },
  replace: { type: 'boolean' },
  ...soPinOptions,
} as const satisfies OptionTypes;

/** OpenPGP cards as a table, with the card's own count of tries. */
export const openPgpCardTable = (cards: readonly OpenPgpCardSummary[]): string =>
  cards.length === 0
    ? ''
    : table(
        ['OpenPGP card', 'name on it', 'reader', 'tries of PIN, reset code, admin PIN', 'of', ''],
        cards.map(({ number, holder, reader, tries, personName, lostAt }) => [
          number,
          holder,
          reader,
          [tries.pin, tries.resetCode, tries.adminPin].join(', '),
          personName ?? '',
          lostAt === null ? '' : 'lost',
        ]),
      );

const slots = { sign: 'signs', decrypt: 'opens mail', authenticate: 'authenticates' } as const;

/** One card with the keys on it. */
export function showOpenPgpCard(card: OpenPgpCardSummary): CommandResult {
  const keys = Object.entries(card.fingerprints).flatMap(([slot, fingerprint]) =>
    fingerprint === null ? [] : [[slots[slot as keyof typeof slots], groupFingerprint(fingerprint)]],
  );
  return {
    json: card,
    text: [openPgpCardTable([card]), `serial number: ${card.serialNumber}`, table(['key', 'fingerprint'], keys)].join('\n'),
  };
}

/** The card that fits what was typed, if an OpenPGP card does. */
export async function findOpenPgpCard({ client }: CommandContext, named: string): Promise<OpenPgpCardSummary | undefined> {
  const wanted = named.replaceAll(' ', '').toUpperCase();
  if (wanted.length < 4) return undefined;
  const { cards } = await client.openpgp.cards({});
  return cards.find(({ serialNumber, number }) => serialNumber.endsWith(wanted) || number.replaceAll(' ', '').endsWith(wanted));
}

const askable = (card: OpenPgpCardSummary) => ({
  ...card,
  unlockCode: card.adminPin,
  tries: { pin: card.tries.pin, unlockCode: card.tries.adminPin },
});

async function requireCard(context: CommandContext, named: string): Promise<OpenPgpCardSummary> {
  const card = await findOpenPgpCard(context, named);
  if (card === undefined) throw new AppError('token.absent', 'No OpenPGP card with this serial number is there.', { token: named });
  return card;
}

const adminPinOf = async ({ options, secrets }: CommandContext, card: OpenPgpCardSummary) =>
  secrets.other({
    name: 'so-pin',
    file: text(options, 'so-pin-file'),
    descriptor: descriptor(options, 'so-pin-fd'),
    question: async () => `Admin PIN, not the PIN. ${pinQuestion('unlockCode', askable(card))}`,
    isNew: false,
  });

/** Both PINs, each from where its options say, else asked for. */
async function pinsOf(context: CommandContext, card: OpenPgpCardSummary) {
  const { options, secrets } = context;
  return {
    pin: await secrets.pin(async () => pinQuestion('pin', askable(card))),
    adminPin: await adminPinOf(context, card),
    finalTry: flag(options, 'yes'),
    replace: flag(options, 'replace'),
  };
}

/** A key for somebody, born on their card. */
export async function generateOnCard(
  context: CommandContext,
  order: { readonly person: string; readonly algorithm?: OpenPgpAlgorithm; readonly days?: number },
): Promise<CommandResult> {
  const card = await requireCard(context, required(context.options, 'card'));
  const json = await context.client.openpgp.generateOnCard({ ...order, card: card.serialNumber, ...(await pinsOf(context, card)) });
  return { json, text: `Made on card ${card.number}: ${json.id}\nFingerprint: ${groupFingerprint(json.fingerprint)}` };
}

export const openPgpCardCommands: readonly CliCommand[] = [
  {
    words: ['openpgp', 'move'],
    usage: 'ID --card SERIAL --pin-file F | --pin-fd N --so-pin-file F | --so-pin-fd N [--replace] [--yes]',
    summary: 'move an OpenPGP key to its owner’s card (keytocard): what signs leaves the vault, what opens mail stays there too',
    needs: 'signed-in',
    options: openPgpCardOptions,
    async run(context) {
      const { client, options } = context;
      const { id: key } = await client.openpgp.show({ key: only(context, 'key') });
      const card = await requireCard(context, required(options, 'card'));
      const json = await client.openpgp.moveToCard({ key, card: card.serialNumber, ...(await pinsOf(context, card)) });
      return { json, text: `On card ${card.number}: ${json.id}. The vault has no key of it that signs any more.` };
    },
  },
  {
    words: ['openpgp', 'change-pin'],
    usage: 'CARD [--admin] --pin-file F | --pin-fd N --new-pin-file F | --new-pin-fd N [--yes]',
    summary: 'another PIN of an OpenPGP card, or with --admin another admin PIN',
    needs: 'signed-in',
    options: { admin: { type: 'boolean' }, ...newPinOptions },
    async run(context) {
      const { client, secrets, options } = context;
      const card = await requireCard(context, only(context, 'card'));
      const of = flag(options, 'admin') ? 'adminPin' : 'pin';
      const pin = await secrets.pin(async () => pinQuestion(of === 'pin' ? 'pin' : 'unlockCode', askable(card)));
      const order = { card: card.serialNumber, of, pin, newPin: await newPin(context), finalTry: flag(options, 'yes') } as const;
      const json = await client.openpgp.changeCardPin(order);
      return { json, text: `Changed: ${card.number}` };
    },
  },
  {
    words: ['openpgp', 'unblock'],
    usage: 'CARD --so-pin-file F | --so-pin-fd N --new-pin-file F | --new-pin-fd N [--yes]',
    summary: 'another PIN of an OpenPGP card that is locked or forgotten, by its admin PIN',
    needs: 'signed-in',
    options: { ...soPinOptions, ...newPinOptions },
    async run(context) {
      const card = await requireCard(context, only(context, 'card'));
      const [adminPin, finalTry] = [await adminPinOf(context, card), flag(context.options, 'yes')];
      const json = await context.client.openpgp.unblockCard({ card: card.serialNumber, adminPin, newPin: await newPin(context), finalTry });
      return { json, text: `Unlocked: ${card.number}, with the new PIN` };
    },
  },
  {
    words: ['openpgp', 'wipe'],
    usage: 'CARD (--so-pin-file F | --so-pin-fd N [--yes] | --without-admin-pin)',
    summary:
      'take everything off an OpenPGP card that nobody of the practice signs with; without its admin PIN all its tries are used up for that',
    needs: 'signed-in',
    options: { ...soPinOptions, 'without-admin-pin': { type: 'boolean' } },
    async run(context) {
      const card = await requireCard(context, only(context, 'card'));
      const isForced = flag(context.options, 'without-admin-pin');
      const by = isForced ? {} : { adminPin: await adminPinOf(context, card) };
      const json = await context.client.openpgp.wipeCard({ card: card.serialNumber, ...by, finalTry: flag(context.options, 'yes') });
      return { json, text: `Wiped: ${card.number}. Its PINs are those from the factory again: change both before it is used.` };
    },
  },
  {
    words: ['openpgp', 'revoke'],
    usage: 'ID [--note T]',
    summary: 'end an OpenPGP key for good: its certificate says so from then on, and is exported to whoever has it',
    needs: 'signed-in',
    options: { note: { type: 'string' } },
    async run(context) {
      const { id: key } = await context.client.openpgp.show({ key: only(context, 'key') });
      const json = await context.client.openpgp.revoke({ key, ...optional(context.options, 'note', 'note') });
      return {
        json,
        text: `Revoked: ${groupFingerprint(json.fingerprint)}. Give its certificate to everybody who has it (openpgp export ${json.id}).`,
      };
    },
  },
];
