import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compareOctets } from '../../../domain/asn1/der-writer.ts';
import { readEncodedObjects } from '../../../domain/encoding/pem.ts';
import { AppError } from '../../../domain/errors.ts';
import type { MailCertificate, MailIssuer } from '../../../domain/mail-client/mail-client.ts';
import { readCertificate } from '../../../domain/x509/read-certificate.ts';
import type { MailKeys } from '../../../ports/mail-client.ts';
import { programOf, type ThunderbirdPlaces } from './places.ts';
import type { RunTool, ToolOutcome } from './run-tool.ts';
import type { Workbench } from './workbench.ts';

/**
 * The certificates, private keys and trust of a profile (NSS `cert9.db` and `key4.db`), through the system's tools on
 * Thunderbird's own engine where that is here: it alone knows the trust it has written itself.
 */
export interface NssDatabase {
  /** Private keys, their certificates and the chain, nothing trusted yet. @throws AppError client.unreadable */
  importKeys(keys: MailKeys): Promise<void>;
  /** The root is trusted to issue to mail users, never for servers or programs; the authorities below it follow from it. */
  addIssuer(issuer: MailIssuer): Promise<void>;
  /** Whether exactly this certificate is there. */
  holds(certificate: MailCertificate): Promise<boolean>;
  /** Identifiers of the private keys, as `keyIdOf` gives them. */
  keyIds(): Promise<ReadonlySet<string>>;
  /** Whether the engine accepts it now, with its whole chain. */
  accepts(certificate: MailCertificate, use: 'sign' | 'encrypt'): Promise<boolean>;
}

/** NSS' own words for the uses: signs mail, receives it encrypted. */
const usages = { sign: 'S', encrypt: 'R' } as const;

/** Trusted for mail alone: the fields are servers, mail, programs. */
const rootTrust = ',C,';

/**
 * Opens the database on a workbench; one that is not there yet is made, without a password.
 * @throws AppError client.absent, client.locked when the password is not the profile's
 */
export async function openNssDatabase(
  places: ThunderbirdPlaces,
  run: RunTool,
  bench: Workbench,
  password: Uint8Array | undefined,
): Promise<NssDatabase> {
  const passwordFile = bench.put('profile-password', Buffer.concat([password ?? new Uint8Array(), Buffer.from('\n')]));
  const tool: Tool = (name, ...rest) =>
    run({ program: findTool(places, name), arguments: ['-d', `sql:${bench.directory}`, ...rest], libraries: programOf(places) });
  if (!existsSync(join(bench.directory, 'cert9.db')) || !existsSync(join(bench.directory, 'key4.db')))
    mustSucceed(await tool('certutil', '-N', '--empty-password'));
  const keyIds = async () => readKeyIds(await tool('certutil', '-K', '-f', passwordFile));
  await keyIds();
  return {
    keyIds,
    importKeys: (keys) => importKeys(tool, bench, passwordFile, keys),
    addIssuer: (issuer) => addIssuer(systemTool(places, run, bench), bench, passwordFile, issuer),
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
  (places: ThunderbirdPlaces, run: RunTool, bench: Workbench): Tool =>
  (name, ...rest) =>
    run({ program: findTool(places, name), arguments: ['-d', `sql:${bench.directory}`, ...rest] });

function findTool({ tools }: ThunderbirdPlaces, name: string): string {
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
  const file = bench.put('keys.p12', keys.pfx);
  const password = bench.put('keys-password', Buffer.concat([keys.password, Buffer.from('\n')]));
  mustSucceed(await tool('pk12util', '-i', file, '-w', password, '-k', passwordFile));
}

async function addIssuer(tool: Tool, bench: Workbench, passwordFile: string, { der, label, isRoot }: MailIssuer): Promise<void> {
  const file = bench.put(`issuer-${createHash('sha256').update(der).digest('hex')}`, der);
  mustSucceed(await tool('certutil', '-A', '-n', label, '-t', isRoot ? rootTrust : ',,', '-i', file, '-f', passwordFile));
}

function mustSucceed({ status }: ToolOutcome): void {
  if (status !== 0) throw unreadable();
}

const unreadable = (): AppError => new AppError('client.unreadable', 'The certificates of this profile cannot be read or written.');

/** CKA_ID as NSS sets it: SHA-1 of the RSA modulus or of the EC point. Lower-case hexadecimal. */
export function keyIdOf({ der }: MailCertificate): string {
  const { rsa, publicKey } = readCertificate(der).subjectPublicKeyInfo;
  return createHash('sha1')
    .update(rsa?.modulus ?? publicKey)
    .digest('hex');
}

/** By key (RFC 7512): nicknames are not unique. */
const uriOf = (certificate: MailCertificate): string => `pkcs11:id=${keyIdOf(certificate).replace(/../g, '%$&')}`;
