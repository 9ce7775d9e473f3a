import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import type { MailCertificate, MailIssuer } from '../../../domain/mail-client/mail-client.ts';
import type { MailKeys } from '../../../ports/mail-client.ts';
import { readIfPresent } from '../change/client-files.ts';
import type { RunTool } from '../change/run-tool.ts';
import type { Workbench } from '../change/workbench.ts';
import type { KeyEngine } from './key-engine.ts';

export interface GpgsmPlace {
  /** The home of GnuPG to work on. Absolute. */
  readonly directory: string;
  /** The person's own, of which it is the copy. */
  readonly own: string;
  /** Directories of the system's tools. */
  readonly tools: readonly string[];
}

/** What GnuPG says of one certificate. */
interface Listed {
  readonly fingerprint: string;
  readonly keygrip: string;
  /** `f` and `u`: the chain holds. */
  readonly isGood: boolean;
  /** Among them `e` and `s`. */
  readonly capabilities: string;
}

/** Never asks a person, and never the network: lists of revoked certificates are its own business, later. */
const quietly = ['--batch', '--no-tty', '--disable-dirmngr', '--disable-crl-checks'];

/**
 * GnuPG's certificates (`pubring.kbx`), keys (`private-keys-v1.d`) and trust (`trustlist.txt`), by gpgsm and its agent on a
 * copy. `password` is what GnuPG will ask for when a key is used; without one the keys are open to whoever can read the
 * files. Keys that were there before keep theirs.
 * @throws AppError client.absent
 */
export async function openGpgsmHome(
  place: GpgsmPlace,
  run: RunTool,
  bench: Workbench,
  password: Uint8Array | undefined,
): Promise<KeyEngine> {
  mkdirSync(place.directory, { recursive: true, mode: 0o700 });
  writeFileSync(join(place.directory, agentSettings), passwordCost(place.own), { mode: 0o600 });
  const gpg = tools(place, run);
  let listed: Promise<readonly Listed[]> | undefined;
  const list = () => (listed ??= readList(gpg));
  const find = async ({ der }: MailCertificate) => (await list()).find(({ fingerprint }) => fingerprint === fingerprintOf(der));
  await list();
  return {
    importKeys: async (keys) => {
      listed = undefined;
      await importKeys({ gpg, place, bench, password }, keys);
    },
    addIssuer: async (issuer) => {
      listed = undefined;
      await addIssuer(gpg, place, bench, issuer);
    },
    holds: async (certificate) => (await find(certificate)) !== undefined,
    hasPrivateKey: async (certificate) => {
      const grip = (await find(certificate))?.keygrip;
      return grip !== undefined && existsSync(keyFile(place, grip));
    },
    accepts: async (certificate, use) => {
      const found = await find(certificate);
      return found?.isGood === true && found.capabilities.includes(use === 'sign' ? 's' : 'e');
    },
    nameOf: async (certificate) => (await find(certificate))?.fingerprint,
    close: async () => {
      await gpg('gpgconf', ['--kill', 'all']).catch(() => undefined);
      await gpg('gpgconf', ['--remove-socketdir']).catch(() => undefined);
    },
  };
}

const agentSettings = 'gpg-agent.conf';

/** What the person told their agent of how dear a password is to be; where they did not, the agent measures it each time it starts. */
function passwordCost(home: string): string {
  const text = Buffer.from(readIfPresent(join(home, agentSettings))?.content ?? []).toString('utf8');
  return (text.match(/^\s*s2k-(?:count|calibration)\s+\d{1,12}\s*$/gm) ?? []).map((line) => `${line.trim()}\n`).join('');
}

type Tool = (name: 'gpgsm' | 'gpgconf' | 'gpg-connect-agent', args: readonly string[], input?: string) => ReturnType<RunTool>;

const tools =
  (place: GpgsmPlace, run: RunTool): Tool =>
  (name, args, input) => {
    const program = place.tools.map((directory) => join(directory, name)).find((path) => existsSync(path));
    if (program === undefined) throw new AppError('client.absent', 'A tool of the system is missing.', { tool: name });
    const options = name === 'gpgsm' ? quietly : [];
    return run({ program, arguments: ['--homedir', place.directory, ...options, ...args], input });
  };

const keyFile = ({ directory }: GpgsmPlace, keygrip: string): string => join(directory, 'private-keys-v1.d', `${keygrip}.key`);

/** SHA-1, as GnuPG names certificates. Upper-case hexadecimal. */
const fingerprintOf = (der: Uint8Array): string => createHash('sha1').update(der).digest('hex').toUpperCase();

async function readList(gpg: Tool): Promise<readonly Listed[]> {
  const { status, output } = await gpg('gpgsm', ['--with-validation', '--with-colons', '--with-keygrip', '--list-keys']);
  if (status !== 0) throw unreadable();
  const records = output.split('\n').map((line) => line.split(':'));
  const starts = records.flatMap(([kind], at) => (kind === 'crt' || kind === 'crs' ? [at] : []));
  return starts.map((start, at) => {
    const own = records.slice(start, starts[at + 1]);
    const field = (kind: string, index: number): string => own.find(([first]) => first === kind)?.[index] ?? '';
    const [head = []] = own;
    return {
      fingerprint: field('fpr', 9),
      keygrip: field('grp', 9),
      isGood: head[1] === 'f' || head[1] === 'u',
      capabilities: head[11] ?? '',
    };
  });
}

interface Import {
  readonly gpg: Tool;
  readonly place: GpgsmPlace;
  readonly bench: Workbench;
  readonly password: Uint8Array | undefined;
}

async function importKeys({ gpg, place, bench, password }: Import, keys: MailKeys): Promise<void> {
  const filePassword = bench.put('keys-password', keys.password);
  const ownPassword = bench.put('own-password', password ?? new Uint8Array());
  const before = new Set((await readList(gpg)).filter(({ keygrip }) => existsSync(keyFile(place, keygrip))).map(({ keygrip }) => keygrip));
  for (const [at, pfx] of keys.pfxs.entries()) {
    const file = bench.put(`keys-${at}.p12`, pfx);
    const { status } = await gpg('gpgsm', ['--pinentry-mode', 'loopback', '--passphrase-fd', '0', '--import', file], filePassword);
    if (status !== 0) throw unreadable();
  }
  const after = (await readList(gpg)).filter(({ keygrip }) => !before.has(keygrip) && existsSync(keyFile(place, keygrip)));
  for (const keygrip of new Set(after.map((listed) => listed.keygrip))) await changePassword(gpg, keygrip, filePassword, ownPassword);
}

/** From that of the file to the person's own: the agent reads both from files. */
async function changePassword(gpg: Tool, keygrip: string, from: string, to: string): Promise<void> {
  const { output } = await gpg('gpg-connect-agent', [
    'OPTION pinentry-mode=loopback',
    `/definqfile PASSPHRASE ${from}`,
    `/definqfile NEW_PASSPHRASE ${to}`,
    `PASSWD ${keygrip}`,
    '/bye',
  ]);
  if (/^ERR /m.test(output) || !/^OK/m.test(output)) throw unreadable();
}

async function addIssuer(gpg: Tool, place: GpgsmPlace, bench: Workbench, { der, isRoot }: MailIssuer): Promise<void> {
  const fingerprint = fingerprintOf(der);
  const { status } = await gpg('gpgsm', ['--import', bench.put(`issuer-${fingerprint}`, der)]);
  if (status !== 0) throw unreadable();
  if (!isRoot) return;
  const trust = join(place.directory, 'trustlist.txt');
  const text = Buffer.from(readIfPresent(trust)?.content ?? []).toString('utf8');
  // A line `!` says that the person does not trust it: that stays, and reading back finds it.
  if (text.replaceAll(':', '').toUpperCase().includes(fingerprint)) return;
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  appendFileSync(trust, `${separator}${fingerprint} S relax\n`, { mode: 0o600 });
}

const unreadable = (): AppError => new AppError('client.unreadable', 'The certificates of this profile cannot be read or written.');
