import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compareOctets } from '../../../domain/asn1/der-writer.ts';
import { readEncodedObjects } from '../../../domain/encoding/pem.ts';
import { AppError } from '../../../domain/errors.ts';
import type { MailCertificate, MailIssuer } from '../../../domain/mail-client/mail-client.ts';
import { readCertificate } from '../../../domain/x509/read-certificate.ts';
import type { MailKeys } from '../../../ports/mail-client.ts';
import type { RunTool, ToolOutcome } from '../change/run-tool.ts';
import type { Workbench } from '../change/workbench.ts';
import type { KeyEngine } from './key-engine.ts';

/** Where an NSS database is, and which engine opens it. */
export interface NssPlace {
  /** `cert9.db` and `key4.db` are in it. Absolute. */
  readonly directory: string;
  /** Directories of the system's tools. */
  readonly tools: readonly string[];
  /** The program's own libraries, where it brings any: it alone knows the trust it has written itself. */
  readonly libraries: string | undefined;
}

/** NSS' own words for the uses: signs mail, receives it encrypted. */
const usages = { sign: 'S', encrypt: 'R' } as const;

/** Trusted for mail alone: the fields are servers, mail, programs. */
const rootTrust = ',C,';

/**
 * Opens the database on a workbench; one that is not there yet is made, with the password that is given.
 * @throws AppError client.absent, client.locked when the password is not the profile's
 */
export async function openNssDatabase(
  place: NssPlace,
  run: RunTool,
  bench: Workbench,
  password: Uint8Array | undefined,
): Promise<KeyEngine> {
  const { directory, libraries } = place;
  const passwordFile = bench.put('profile-password', Buffer.concat([password ?? new Uint8Array(), Buffer.from('\n')]));
  const tool: Tool = (name, ...rest) => run({ program: findTool(place, name), arguments: ['-d', `sql:${directory}`, ...rest], libraries });
  // The password is with the keys: where they are there, the tool would ask a person for it, without an end.
  if (!existsSync(join(directory, 'key4.db')))
    mustSucceed(await tool('certutil', '-N', ...(password === undefined ? ['--empty-password'] : ['-f', passwordFile])));
  const list = async () => readKeyIds(await tool('certutil', '-K', '-f', passwordFile));
  let keyIds: ReadonlySet<string> | undefined = await list();
  return {
    hasPrivateKey: async (certificate) => (keyIds ??= await list()).has(keyIdOf(certificate)),
    nameOf: (certificate) => nicknameOf(tool, passwordFile, certificate),
    close: async () => undefined,
    importKeys: (keys) => {
      keyIds = undefined;
      return importKeys(tool, bench, passwordFile, keys);
    },
    addIssuer: (issuer) => addIssuer(systemTool(place, run), bench, passwordFile, issuer),
    forget: async (certificate) => mustSucceed(await tool('certutil', '-D', '-f', passwordFile, '-n', uriOf(certificate))),
    holds: async (certificate) => {
      const { status, output } = await tool('certutil', '-L', '-a', '-f', passwordFile, '-n', uriOf(certificate));
      return status === 0 && readEncodedObjects(Buffer.from(output)).some(({ der }) => compareOctets(der, certificate.der) === 0);
    },
    accepts: async (certificate, use) =>
      (await tool('certutil', '-V', '-f', passwordFile, '-u', usages[use], '-n', uriOf(certificate))).status === 0,
  };
}

type Tool = (name: 'certutil' | 'pk12util', ...args: readonly string[]) => Promise<ToolOutcome>;

/**
 * Without Thunderbird's own libraries: trust in the form every version reads, and which the system's tools can take back.
 */
const systemTool =
  (place: NssPlace, run: RunTool): Tool =>
  (name, ...rest) =>
    run({ program: findTool(place, name), arguments: ['-d', `sql:${place.directory}`, ...rest] });

function findTool({ tools }: NssPlace, name: string): string {
  const found = tools.map((directory) => join(directory, name)).find((path) => existsSync(path));
  if (found === undefined) throw new AppError('client.absent', 'A tool of the system is missing.', { tool: name });
  return found;
}

/** A token with a password that is not the right one answers nothing else. */
function readKeyIds({ status, output, error }: ToolOutcome): Set<string> {
  const text = output + error;
  if (/SEC_ERROR_BAD_PASSWORD|Incorrect password/.test(text))
    throw new AppError('client.locked', 'This profile has a password of its own.');
  if (status !== 0 && !text.includes('no keys found')) throw unreadable();
  return new Set(Array.from(output.matchAll(/^<\s*\d+>\s+\S+\s+([0-9a-f]{40})\s/gm), ([, id]) => id ?? ''));
}

async function importKeys(tool: Tool, bench: Workbench, passwordFile: string, keys: MailKeys): Promise<void> {
  const password = bench.put('keys-password', Buffer.concat([keys.password, Buffer.from('\n')]));
  for (const [at, pfx] of keys.pfxs.entries())
    mustSucceed(await tool('pk12util', '-i', bench.put(`keys-${at}.p12`, pfx), '-w', password, '-k', passwordFile));
}

async function addIssuer(tool: Tool, bench: Workbench, passwordFile: string, { der, label, isRoot }: MailIssuer): Promise<void> {
  const file = bench.put(`issuer-${randomUUID()}`, der);
  mustSucceed(await tool('certutil', '-A', '-n', label, '-t', isRoot ? rootTrust : ',,', '-i', file, '-f', passwordFile));
}

function mustSucceed({ status }: ToolOutcome): void {
  if (status !== 0) throw unreadable();
}

const unreadable = (): AppError => new AppError('client.unreadable', 'The certificates of this profile cannot be read or written.');

/** What a person sees it as, and what settings name it by: all certificates of one subject share it. */
async function nicknameOf(tool: Tool, passwordFile: string, certificate: MailCertificate): Promise<string | undefined> {
  const { output } = await tool('certutil', '-L', '-f', passwordFile);
  const names = Array.from(output.matchAll(/^(\S.*?)\s+[A-Za-z]*,[A-Za-z]*,[A-Za-z]*\s*$/gm), ([, name = '']) => name);
  for (const name of new Set(names)) {
    const listed = await tool('certutil', '-L', '-a', '-f', passwordFile, '-n', name);
    if (readEncodedObjects(Buffer.from(listed.output)).some(({ der }) => compareOctets(der, certificate.der) === 0)) return name;
  }
  return undefined;
}

/** CKA_ID as NSS sets it: SHA-1 of the RSA modulus or of the EC point. Lower-case hexadecimal. */
function keyIdOf({ der }: MailCertificate): string {
  const { rsa, publicKey } = readCertificate(der).subjectPublicKeyInfo;
  return createHash('sha1')
    .update(rsa?.modulus ?? publicKey)
    .digest('hex');
}

/** By key (RFC 7512): nicknames are not unique. */
const uriOf = (certificate: MailCertificate): string => `pkcs11:id=${keyIdOf(certificate).replace(/../g, '%$&')}`;
