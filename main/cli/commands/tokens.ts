import type { LostToken, ModuleSummary, ReaderHealth, TokenSummary, UnfinishedOnToken } from '../../contract/tokens.ts';
import type { Secret } from '../../contract/secret.ts';
import { AppError } from '../../domain/errors.ts';
import type { CliCommand, CommandContext } from '../command.ts';
import { flag, only, required } from '../option-values.ts';
import { attestationCommands, attestedWords } from './token-attestation.ts';
import { generateCommand } from './token-generate.ts';
import { lossCommands } from './token-loss.ts';
import { keysOptions, managementKeyOptions, newPin, newPinOf, newPinOptions, pinOptions, soPin, soPinOptions } from '../pin-options.ts';
import { table } from '../table.ts';
import { timeText } from '../time-text.ts';
import { findOpenPgpCard, openPgpCardTable, showOpenPgpCard } from './openpgp-cards.ts';

const pins = {
  fine: 'fine',
  'count-low': 'few tries left',
  'final-try': 'last try',
  locked: 'locked',
  'not-set': 'not set',
} as const;

/** With the number, where the card tells one. */
const pinWords = ({ pin, tries }: Pick<TokenSummary, 'pin' | 'tries'>): string =>
  tries.pin === null || pin === 'not-set' ? pins[pin] : `${pins[pin]} (${tries.pin})`;

const header = ['serial number', 'label', 'driver', 'reader', 'PIN', 'of', ''];

const line = ({ serialNumber, label, module, reader, personName, unfinished, lostAt, ...standing }: TokenSummary): string[] => [
  serialNumber,
  label,
  module,
  reader,
  pinWords(standing),
  personName ?? '',
  lostAt !== null ? 'lost' : unfinished ? 'unfinished' : '',
];

export const tokenCommands: readonly CliCommand[] = [
  {
    words: ['token', 'list'],
    usage: '',
    summary: 'tokens and OpenPGP cards that are there: whose they are, and what was left unfinished on one',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const tokens = await context.client.tokens.list({});
      const json = { ...tokens, openPgpCards: (await context.client.openpgp.cards({})).cards };
      sayWhatFails(context, json.modules);
      const shown = [table(header, json.tokens.map(line)), openPgpCardTable(json.openPgpCards)].filter((part) => part !== '');
      const lines = [...shown, ...json.lost.map(lostLine), ...json.unfinished.map(unfinishedLine)];
      return { json, text: lines.join('\n') };
    },
  },
  {
    words: ['token', 'health'],
    usage: '',
    summary: 'readers, drivers and cards: what works, what does not, and what to do about it',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const { readers, modules, tokens } = await context.client.tokens.list({});
      const lines = [...readers.map(readerLine), ...modules.map(moduleLine), ...tokens.flatMap(cardLine)];
      return { json: { readers, modules, tokens }, text: lines.join('\n') };
    },
  },
  {
    words: ['token', 'show'],
    usage: 'SERIAL',
    summary: 'one token: what it can make, and the certificates of its keys; or one OpenPGP card',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const named = only(context, 'token');
      const openPgpCard = await findOpenPgpCard(context, named);
      if (openPgpCard !== undefined) return showOpenPgpCard(openPgpCard);
      const json = await context.client.tokens.show({ token: named });
      const certificates = json.certificates.map(({ id, purpose, status, notAfter }) => [
        id,
        purpose,
        status,
        notAfter.slice(0, 10),
        attestedWords(json, id),
      ]);
      const lines = [
        table(header, [line(json)]),
        ...(json.abilities.kind === 'tpm' ? ['built into this computer (TPM)'] : []),
        `can make: ${json.algorithms.join(', ')}`,
        `opens mail with: ${json.abilities.takesKeys ? json.abilities.opens.join(', ') : 'nothing, it takes no keys from outside'}`,
        ...triesLines(json),
        ...(json.isPinTypedAtReader ? ['PIN typed on the reader'] : []),
        ...json.authorities.map((name) => `the key of the authority ${name} is on it`),
        table(['certificate', 'purpose', 'status', 'until', ''], certificates),
      ];
      return { json, text: lines.join('\n') };
    },
  },
  {
    words: ['token', 'init'],
    usage: '--module NAME --label L --so-pin-file F | --so-pin-fd N --pin-file F | --pin-fd N',
    summary: 'set up a new token; one that was set up before is never touched',
    needs: 'signed-in',
    options: { module: { type: 'string' }, label: { type: 'string' }, ...soPinOptions },
    async run(context) {
      const { options, secrets } = context;
      const json = await context.client.tokens.initialize({
        module: required(options, 'module'),
        label: required(options, 'label'),
        soPin: await soPin(context),
        pin: await secrets.pin(),
      });
      return { json, text: `Set up: ${json.token}` };
    },
  },
  {
    words: ['token', 'change-pin'],
    usage: 'SERIAL --pin-file F | --pin-fd N --new-pin-file F | --new-pin-fd N [--yes]',
    summary: 'change the PIN that is known; --yes takes the last try, too',
    needs: 'signed-in',
    options: newPinOptions,
    async run(context) {
      const token = only(context, 'token');
      const pins = await pinOptions(context, token);
      const json = await context.client.tokens.changePin({ token, ...pins, newPin: await newPinOf(context, pins.pin) });
      return { json, text: `The PIN is changed: ${json.token}` };
    },
  },
  {
    words: ['token', 'unblock'],
    usage: 'SERIAL [--so-pin-file F | --so-pin-fd N] --new-pin-file F | --new-pin-fd N [--yes]',
    summary: 'set a PIN that is locked, forgotten or not set, by the unlock code (PUK or SO-PIN); the vault may have the code',
    needs: 'signed-in',
    options: { ...soPinOptions, ...newPinOptions },
    async run(context) {
      const [token, finalTry] = [only(context, 'token'), flag(context.options, 'yes')];
      const unlockCode = await unlockCodeOf(context, token);
      const json = await context.client.tokens.unblock({ token, ...unlockCode, newPin: await newPin(context), finalTry });
      return { json, text: `Unlocked, with the new PIN: ${json.token}` };
    },
  },
  generateCommand,
  {
    words: ['token', 'secure'],
    usage: 'SERIAL',
    summary: 'replace what a PIV card has from the factory: its unlock code and management key are then ones that the vault keeps',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const json = await context.client.tokens.secure({ token: only(context, 'token') });
      return { json, text: `What it had from the factory is replaced, and the vault keeps it: ${json.token}` };
    },
  },
  {
    words: ['token', 'import'],
    usage: 'SERIAL CERTIFICATE --pin-file F | --pin-fd N [--yes]',
    summary: 'put the key of a certificate for opening mail on its owner’s token as well; the vault keeps it',
    needs: 'signed-in',
    options: managementKeyOptions,
    async run(context) {
      const [token, certificate, ...more] = context.positionals;
      if (token === undefined || certificate === undefined || more.length > 0)
        throw new AppError('input.invalid', 'Name a token and a certificate.', { field: 'certificate', rule: 'one' });
      const json = await context.client.tokens.import({ token, certificate, ...(await keysOptions(context, token)) });
      return { json, text: `On ${json.token} as well: ${json.certificate}. Mail programs open mail with the card now.` };
    },
  },
  ...lossCommands,
  ...attestationCommands,
  {
    words: ['token', 'reconcile'],
    usage: 'SERIAL --pin-file F | --pin-fd N',
    summary: 'settle what was left unfinished on a token',
    needs: 'signed-in',
    options: managementKeyOptions,
    async run(context) {
      const token = only(context, 'token');
      const json = await context.client.tokens.reconcile({ token, ...(await keysOptions(context, token)) });
      return { json, text: `${json.finished} completed, ${json.abandoned} cleared away.` };
    },
  },
];

/** Asked for only where the vault has none. */
async function unlockCodeOf(context: CommandContext, token: string): Promise<{ readonly unlockCode?: Secret }> {
  const isGiven = 'so-pin-file' in context.options || 'so-pin-fd' in context.options;
  const isKept = !isGiven && (await context.client.tokens.show({ token })).isUnlockCodeKept;
  return isKept ? {} : { unlockCode: await soPin(context, token) };
}

/** By the card's own count. */
const triesLines = ({ tries, isUnlockCodeKept, isUnlockCodeFactory, ...card }: TokenSummary): string[] => [
  ...(tries.pin === null ? [] : [`tries left for the PIN: ${tries.pin}`]),
  ...(tries.unlockCode === null ? [] : [`tries left for the unlock code: ${tries.unlockCode}`]),
  ...(isUnlockCodeKept ? ['the vault has its unlock code'] : []),
  ...(isUnlockCodeFactory === true ? ['its unlock code is the one from the factory: `token secure` replaces it'] : []),
  ...(card.isManagementKeyKept ? ['the vault has its management key'] : []),
  ...(card.isManagementKeyFactory === true ? ['its management key is the one from the factory: `token secure` replaces it'] : []),
];

const readerLine = ({ reader, token, error }: ReaderHealth): string =>
  `${reader ?? 'readers'}: ${error === null ? `card ${token ?? ''} is seen` : `${error.message} ${error.hint}`}`;

const moduleLine = ({ name, state, error }: ModuleSummary): string =>
  `driver ${name}: ${error === null ? state : `${error.message} ${error.hint}`}`;

/** What is wrong with a card that is seen. */
const cardLine = ({ serialNumber, unfinished, ...standing }: TokenSummary): string[] => [
  ...(standing.pin === 'fine' ? [] : [`card ${serialNumber}: PIN ${pinWords(standing)}`]),
  ...(unfinished ? [`card ${serialNumber}: something was begun and not finished; \`token reconcile\` settles it`] : []),
];

function sayWhatFails(
  { say }: CommandContext,
  modules: readonly { readonly name: string; readonly error: { message: string; hint: string } | null }[],
): void {
  for (const { name, error } of modules) if (error !== null) say(`${name}: ${error.message} ${error.hint}`);
}

const lostLine = ({ token, personName, lostAt }: LostToken): string =>
  `lost: ${token}${personName === null ? '' : ` of ${personName}`}, since ${lostAt.slice(0, 10)}`;

const unfinishedLine = ({ token, personName, authority, begunAt, state }: UnfinishedOnToken): string =>
  `unfinished on ${token} since ${timeText(begunAt)} UTC for ${authority === null ? (personName ?? '') : `the authority ${authority}`}: ` +
  (authority !== null
    ? 'nothing needs this key; `token reconcile` takes it off, and making the authority there anew does so first'
    : state === 'issued'
      ? 'its certificate is still to be written'
      : 'nothing was issued; what is left on it goes');
