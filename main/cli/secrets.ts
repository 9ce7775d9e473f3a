import { openSync, closeSync, readSync, fstatSync } from 'node:fs';
import { basename } from 'node:path';
import { Secret } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';

/** A longer passphrase or password is refused. */
const maximumOctets = 4096;

/** Where passphrases, passwords and PINs come from: a file, a descriptor, or a person at the terminal. Never an argument. */
export interface CommandSecrets {
  /** Somebody sits at a terminal. */
  readonly canAsk: boolean;
  /** The operator's passphrase as the options say, else asked for. `isNew`: asked for twice. @throws AppError input.* */
  passphrase(options: { readonly isNew: boolean }): Promise<Secret>;
  /** What somebody else will sign in with, as the options say, else asked for twice. @throws AppError input.* */
  newPassphrase(): Promise<Secret>;
  /** A code of the operator's second factor as the options say, else asked for. @throws AppError input.* */
  totp(): Promise<Secret>;
  /** A token's PIN as the options say, else asked for, in words that are put together only then. @throws AppError input.* */
  pin(question?: () => Promise<string>): Promise<Secret>;
  /** The options say where the PIN comes from. */
  readonly isPinGiven: boolean;
  /** Another secret of a token, from where its own options say, else asked for. @throws AppError input.* */
  other(secret: OtherSecret): Promise<Secret>;
  /** First line of a file. @throws AppError not-found, input.too-large */
  fromFile(path: string): Secret;
  /** Asks at the terminal without showing what is typed. @throws AppError input.invalid where there is no terminal */
  ask(question: string): Promise<Secret>;
}

/** A new PIN, a token's unlock code, or a second code of the second factor. */
export interface OtherSecret {
  /** Its options are `--NAME-file` and `--NAME-fd`. */
  readonly name: 'new-pin' | 'so-pin' | 'authority-pin' | 'management-key' | 'next-totp';
  readonly file: string | undefined;
  readonly descriptor: number | undefined;
  readonly question: string | (() => Promise<string>);
  /** Asked for twice. */
  readonly isNew: boolean;
}

export interface SecretSources {
  readonly passphraseFile: string | undefined;
  readonly passphraseDescriptor: number | undefined;
  readonly newPassphraseFile: string | undefined;
  readonly newPassphraseDescriptor: number | undefined;
  readonly totpFile: string | undefined;
  readonly totpDescriptor: number | undefined;
  readonly pinFile: string | undefined;
  readonly pinDescriptor: number | undefined;
  /** Undefined where nobody sits at a terminal. */
  readonly terminal: ((question: string) => Promise<Uint8Array>) | undefined;
}

export function createSecrets(sources: SecretSources): CommandSecrets {
  const ask = async (question: string): Promise<Secret> => {
    if (sources.terminal === undefined) throw nobodyToAsk();
    return new Secret(await sources.terminal(question));
  };
  const given = (file: string | undefined, descriptor: number | undefined): Secret | undefined => {
    if (file !== undefined) return new Secret(firstLineOf(file));
    return descriptor === undefined ? undefined : new Secret(firstLine(descriptor));
  };
  return {
    canAsk: sources.terminal !== undefined,
    isPinGiven: sources.pinFile !== undefined || sources.pinDescriptor !== undefined,
    ask,
    fromFile: (path) => new Secret(firstLineOf(path)),
    other: async ({ name, file, descriptor, question, isNew }) => {
      const secret = given(file, descriptor);
      if (secret === undefined && sources.terminal === undefined) throw needed(name);
      if (secret !== undefined) return secret;
      const words = typeof question === 'string' ? question : await question();
      return isNew ? askTwice(ask, words, name) : ask(words);
    },
    totp: async () => {
      const code = given(sources.totpFile, sources.totpDescriptor);
      if (code === undefined && sources.terminal === undefined) throw needed('totp');
      return code ?? ask('Code from the authenticator app, or a recovery code: ');
    },
    pin: async (question = async () => 'PIN of the token: ') => {
      const pin = given(sources.pinFile, sources.pinDescriptor);
      if (pin === undefined && sources.terminal === undefined) throw needed('pin');
      return pin ?? ask(await question());
    },
    newPassphrase: async () => {
      const passphrase = given(sources.newPassphraseFile, sources.newPassphraseDescriptor);
      if (passphrase === undefined && sources.terminal === undefined) throw needed('new-passphrase');
      return passphrase ?? askTwice(ask, 'New passphrase: ', 'new-passphrase');
    },
    passphrase: async ({ isNew }) =>
      given(sources.passphraseFile, sources.passphraseDescriptor) ??
      (isNew ? askTwice(ask, 'New passphrase: ', 'passphrase') : ask('Passphrase: ')),
  };
}

async function askTwice(ask: (question: string) => Promise<Secret>, question: string, field: string): Promise<Secret> {
  const first = await ask(question);
  const second = await ask('Once more: ');
  const isSame = Buffer.compare(first.reveal(), second.reveal()) === 0;
  second.wipe();
  if (isSame) return first;
  first.wipe();
  throw new AppError('input.invalid', 'What was typed the two times is not the same.', { field, rule: 'same' });
}

function firstLineOf(path: string): Uint8Array {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (cause) {
    throw new AppError(
      'not-found',
      `The file with the secret cannot be opened: ${basename(path)}.`,
      { what: 'file', file: basename(path) },
      { cause },
    );
  }
  try {
    if (fstatSync(descriptor).isDirectory())
      throw new AppError('input.invalid', 'A directory holds no secret.', { field: 'file', file: basename(path) });
    return firstLine(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Up to the first line feed; the rest of what was read is wiped. */
function firstLine(descriptor: number): Uint8Array {
  const buffer = Buffer.alloc(maximumOctets + 2);
  let length = 0;
  try {
    for (let count = -1; count !== 0 && length < buffer.length; length += count)
      count = readSync(descriptor, buffer, length, buffer.length - length, null);
    const end = lineEnd(buffer.subarray(0, length));
    if (end > maximumOctets) throw new AppError('input.too-large', 'This secret is too long.', { limit: maximumOctets });
    return Uint8Array.from(buffer.subarray(0, end));
  } finally {
    buffer.fill(0);
  }
}

function lineEnd(octets: Uint8Array): number {
  const lineFeed = octets.indexOf(0x0a);
  const end = lineFeed < 0 ? octets.length : lineFeed;
  return octets[end - 1] === 0x0d ? end - 1 : end;
}

const whatOf = {
  totp: 'The code of your second factor',
  pin: 'The PIN of the token',
  'next-totp': 'Another code of your second factor',
  'new-pin': 'The new PIN',
  'so-pin': 'The unlock code of the token',
  'management-key': 'The management key of the card',
  'authority-pin': 'The PIN of the token with the authority’s key',
  'new-passphrase': 'The new passphrase',
} as const;

const needed = (name: keyof typeof whatOf): AppError =>
  new AppError('input.invalid', `${whatOf[name]} is needed: use --${name}-file or --${name}-fd where nobody can type it.`, {
    field: name,
    rule: 'required',
  });

const nobodyToAsk = (): AppError =>
  new AppError('input.invalid', 'A passphrase is needed: use --passphrase-file or --passphrase-fd where nobody can type one.', {
    field: 'passphrase',
    rule: 'required',
  });
