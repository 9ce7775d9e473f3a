import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { MailClient } from '../../ports/mail-client.ts';
import { runTool, type RunTool } from './change/run-tool.ts';
import { createStoreClient } from './system-store/create-store-client.ts';
import type { OpenStore, StoreListing, SystemStoreParts } from './system-store/system-store.ts';

/** What `security -i` reads of one line. Octets. */
const longestLine = 4095;
/** errSecItemNotFound, as far as a status holds it. */
const nothingFound = 44;
/** The program that may use the keys without asking. */
const mail = '/System/Applications/Mail.app';

/**
 * One command as `security -i` splits it: in double quotes everything stands for itself but the quote and the backslash, which a backslash
 * goes before.
 * @throws AppError input.invalid for what would be another line, or part of one
 */
export function commandLine(words: readonly string[]): Buffer {
  const line = Buffer.from(words.map((word) => `"${word.replace(/["\\]/g, '\\$&')}"`).join(' '), 'utf8');
  if (words.some((word) => /[\0\r\n]/.test(word)) || line.length >= longestLine) {
    line.fill(0);
    throw new AppError('input.invalid', 'This cannot be said to the keychain.', { what: 'keychain' });
  }
  return Buffer.concat([line, Buffer.from('\n')]);
}

/** SHA-1 of every certificate, as `find-certificate -a -Z` names them. */
export const readCertificates = (output: string): ReadonlySet<string> =>
  new Set(Array.from(output.matchAll(/^SHA-1 hash: ([0-9A-F]{40})\s*$/gm), ([, hash = '']) => hash));

/** SHA-1 of every certificate with its private key, as `find-identity` numbers them. */
export const readIdentities = (output: string): ReadonlySet<string> =>
  new Set(Array.from(output.matchAll(/^\s*\d+\) ([0-9A-F]{40}) "/gm), ([, hash = '']) => hash));

/** The keychain that Mail, and whatever else asks the system, finds a person's keys in by their address. */
export const createMacosKeychain = ({ places, run = runTool }: SystemStoreParts): MailClient => {
  const usual = join(places.home, 'Library/Keychains/login.keychain-db');
  const isFile = (path: string): boolean => isAbsolute(path) && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  return createStoreClient(
    {
      id: 'macos-keychain',
      system: { platform: 'darwin', name: 'macOS' },
      keyForm: 'one-by-one',
      planned: { key: 'login.keychain-db', issuer: 'login.keychain-db', root: 'login.keychain-db', recipient: 'login.keychain-db' },
      usual,
      isThere: isFile,
      open: (path) => openKeychain(path, (words, asks) => tell(run, places.program ?? '/usr/bin/security', words, asks)),
    },
    places,
  );
};

interface Answer {
  readonly status: number;
  readonly output: string;
}

/** One command to a process: `security -i` goes on after one that failed. Commands come over its input: one of them is a password. */
async function tell(run: RunTool, program: string, words: readonly string[], asksSomebody: boolean): Promise<Answer> {
  const typed = commandLine(words);
  try {
    return await run({ program, arguments: ['-i'], typed, asksSomebody });
  } finally {
    typed.fill(0);
  }
}

function openKeychain(path: string, telling: (words: readonly string[], asksSomebody: boolean) => Promise<Answer>): OpenStore {
  const must = async (...words: readonly string[]): Promise<string> => {
    const { status, output } = await telling(words, true);
    if (status !== 0) throw unreadable();
    return output;
  };
  return {
    list: async () => {
      const { status, output } = await telling(['find-certificate', '-a', '-Z', path], false);
      if (status !== 0 && status !== nothingFound) throw unreadable();
      return listingOf(output, await must('find-identity', path));
    },
    importKeys: async (file, password) =>
      void (await must('import', file, '-k', path, '-f', 'pkcs12', '-P', Buffer.from(password).toString('latin1'), '-x', '-T', mail)),
    add: async (kind, { file }) =>
      void (kind === 'root'
        ? await must('add-trusted-cert', '-r', 'trustRoot', '-p', 'smime', '-k', path, file)
        : await must('add-certificates', '-k', path, file)),
    remove: async ({ kind, thumbprint }) =>
      void (kind === 'key'
        ? await must('delete-identity', '-Z', thumbprint, path)
        : await must('delete-certificate', '-Z', thumbprint, ...(kind === 'root' ? ['-t'] : []), path)),
    // -L: with what is here, nothing is fetched.
    accepts: async ({ file }) => (await telling(['verify-cert', '-c', file, '-k', path, '-p', 'smime', '-L', '-q'], false)).status === 0,
  };
}

const unreadable = (): AppError => new AppError('client.unreadable', 'This keychain cannot be read or written.');

const listingOf = (certificates: string, identities: string): StoreListing => {
  const [all, own] = [readCertificates(certificates), readIdentities(identities)];
  return { has: ({ kind, thumbprint }) => (kind === 'key' ? own : all).has(thumbprint) };
};
