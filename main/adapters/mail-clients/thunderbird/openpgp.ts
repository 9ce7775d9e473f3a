import { join } from 'node:path';
import { concatenate, compareOctets } from '../../../domain/asn1/der-writer.ts';
import { AppError } from '../../../domain/errors.ts';
import { describeHeld, readKeyRing, type RingKey } from '../../../domain/mail-client/held-openpgp.ts';
import type { MailIdentity } from '../../../domain/mail-client/mail-client.ts';
import type { MailOpenPgpKey, OpenPgpReading, OpenPgpSetup } from '../../../domain/mail-client/openpgp-setup.ts';
import { openPgpPreferences, readOpenPgp } from '../../../domain/mail-client/thunderbird/openpgp-preferences.ts';
import type { Unlocked } from '../../../domain/openpgp/unlocked.ts';
import type { LockOpenPgpKeys, OpenPgpProfileRequest } from '../../../ports/mail-client.ts';
import { readIfPresent, replaceFile } from '../change/client-files.ts';
import { digestOf } from '../change/digest.ts';
import type { OpenPgpProgram } from '../change/openpgp-program.ts';
import type { RunTool } from '../change/run-tool.ts';
import type { Workbench } from '../change/workbench.ts';
import { accept, readAcceptances } from './acceptance.ts';
import { ensurePassphrase, openPassphrase } from './passphrase.ts';
import type { ThunderbirdPlaces } from './places.ts';
import { effectivePreferences, writePreferences } from './profile.ts';

const [publicRing, secretRing, decisions] = ['pubring.gpg', 'secring.gpg', 'openpgp.sqlite'];

interface Tools {
  readonly places: ThunderbirdPlaces;
  readonly run: RunTool;
}

/**
 * Thunderbird's own OpenPGP (RNP), without Thunderbird: key rings in the profile, the secret one under a password that NSS has sealed, and
 * what is accepted in a database beside them.
 */
export const thunderbirdOpenPgp = (tools: Tools): OpenPgpProgram => ({
  planned: { keys: secretRing, rings: publicRing, acceptance: decisions, settings: 'prefs.js' },
  settings: 4,
  write: (bench, identities, request, lock) => write(tools, bench, identities, request, lock),
  read: (bench, request) => read(tools, bench, request),
});

async function write(
  tools: Tools,
  bench: Workbench,
  identities: readonly MailIdentity[],
  { setup, password }: OpenPgpProfileRequest,
  lock: LockOpenPgpKeys,
): Promise<void> {
  const passphrase = await ensurePassphrase({ ...tools, bench, password });
  const secrets = await lock(passphrase);
  try {
    putSecrets(bench.directory, secrets);
  } finally {
    for (const octets of [passphrase, ...secrets]) octets.fill(0);
  }
  addCertificates(bench.directory, [...setup.keys, ...setup.recipients]);
  accept(join(bench.directory, decisions), acceptancesOf(setup));
  const preferences = effectivePreferences(bench.directory);
  writePreferences(bench.directory, new Map(identities.flatMap((identity) => [...openPgpPreferences(preferences, identity, setup)])));
}

const acceptancesOf = ({ keys, recipients }: OpenPgpSetup) => [
  ...keys.map(({ fingerprint }) => ({ fingerprint, decision: 'personal', addresses: [] }) as const),
  ...recipients.map(({ fingerprint, addresses }) => ({ fingerprint, decision: 'verified', addresses }) as const),
];

/** One of the same fingerprint goes: it may be under a password that nobody knows any more. Others stay as they are. */
function putSecrets(directory: string, secrets: readonly Uint8Array[]): void {
  const fresh = secrets.flatMap((octets) => readKeyRing(octets, digestOf));
  const others = ringOf(directory, secretRing).filter((one) => !fresh.some(({ fingerprint }) => fingerprint === one.fingerprint));
  writeRing(directory, secretRing, [...others, ...fresh]);
}

/** Beside what is there of the same key, which can say more (a revocation, signatures of others): Thunderbird puts the two together. */
function addCertificates(directory: string, keys: readonly MailOpenPgpKey[]): void {
  const before = ringOf(directory, publicRing);
  const missing = keys.filter(({ certificate }) => !before.some(({ octets }) => compareOctets(octets, certificate) === 0));
  if (missing.length > 0)
    writeRing(directory, publicRing, [...before, ...missing.map(({ fingerprint, certificate }) => ({ fingerprint, octets: certificate }))]);
}

/** @throws AppError client.unreadable */
function ringOf(directory: string, name: string): readonly RingKey[] {
  const octets = readIfPresent(join(directory, name))?.content ?? new Uint8Array();
  try {
    return readKeyRing(octets, digestOf);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new AppError('client.unreadable', 'A key ring of this profile cannot be read.', { file: name }, { cause });
  }
}

function writeRing(directory: string, name: string, keys: readonly RingKey[]): void {
  const path = join(directory, name);
  replaceFile(path, { content: concatenate(keys.map(({ octets }) => octets)), mode: 0o600 });
}

async function read(tools: Tools, bench: Workbench, { setup, password, now, unlocks }: OpenPgpProfileRequest): Promise<OpenPgpReading> {
  const { directory } = bench;
  const [publicKeys, secretKeys] = [ringOf(directory, publicRing), ringOf(directory, secretRing)];
  const accepted = readAcceptances(join(directory, decisions));
  const passphrase = await openPassphrase({ ...tools, bench, password });
  const secretOf = ({ fingerprint }: MailOpenPgpKey) => secretKeys.find((one) => one.fingerprint === fingerprint);
  const opened = new Map<MailOpenPgpKey, Unlocked>();
  for (const key of setup.keys) {
    const secret = secretOf(key);
    if (secret !== undefined && passphrase !== undefined) opened.set(key, await unlocks(secret.octets, passphrase));
  }
  passphrase?.fill(0);
  return readOpenPgp(effectivePreferences(directory), setup, {
    held: (key) => heldAs(publicKeys, key, now),
    hasSecret: (key) => secretOf(key) !== undefined,
    opens: (key) => opened.get(key) ?? 'nothing',
    isPersonal: ({ fingerprint }) => accepted.get(fingerprint)?.decision === 'personal',
    isAccepted: ({ fingerprint, addresses }) => {
      const found = accepted.get(fingerprint);
      const isTaken = found?.decision === 'verified' || found?.decision === 'unverified';
      return isTaken && addresses.every((address) => found.addresses.has(address.toLowerCase()));
    },
  });
}

/** Of several pieces of one key all that is said counts. */
const heldAs = (ring: readonly RingKey[], { fingerprint }: MailOpenPgpKey, now: Date) => {
  const pieces = ring.filter((one) => one.fingerprint === fingerprint).flatMap(({ octets }) => describeHeld(octets, digestOf, now) ?? []);
  const [first] = pieces;
  return first && { ...(pieces.find(({ isExpired }) => !isExpired) ?? first), isRevoked: pieces.some(({ isRevoked }) => isRevoked) };
};
