import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { utf8Encode } from '../../../domain/encoding/utf8.ts';
import { AppError } from '../../../domain/errors.ts';
import { writeSealed } from '../../../domain/mail-client/thunderbird/sealed-passphrase.ts';
import { readIfPresent, replaceFile } from '../change/client-files.ts';
import type { RunTool, ToolOutcome } from '../change/run-tool.ts';
import type { Workbench } from '../change/workbench.ts';
import { sealWith } from './key-database.ts';
import { programOf, type ThunderbirdPlaces } from './places.ts';

/** Where Thunderbird keeps the password all its secret OpenPGP keys are under (masterpass.sys.mjs), sealed with a key of key4.db. */
const fileName = 'encrypted-openpgp-passphrase.txt';

export interface PassphrasePlace {
  readonly places: ThunderbirdPlaces;
  readonly run: RunTool;
  readonly bench: Workbench;
  /** The profile's own; key4.db opens by it. */
  readonly password: Uint8Array | undefined;
}

/**
 * The password of the profile's secret OpenPGP keys, opened by NSS itself; undefined where there is none, or where it does not open any
 * more. The caller's to wipe. @throws AppError client.absent
 */
export async function openPassphrase(place: PassphrasePlace): Promise<Uint8Array | undefined> {
  const file = join(place.bench.directory, fileName);
  if (!existsSync(file)) return undefined;
  const { output } = await tool(place, 'pwdecrypt', '-i', file);
  const text = /^Decrypted: "([^"\r\n]{1,1000})"/.exec(output)?.[1];
  return text === undefined ? undefined : utf8Encode(text);
}

/**
 * The same, made where there is none, as Thunderbird would at its first OpenPGP key: 32 hexadecimal digits. One that does not open any
 * more is replaced; Thunderbird itself does that too.
 * @throws AppError client.absent, client.unreadable
 */
export async function ensurePassphrase(place: PassphrasePlace): Promise<Uint8Array> {
  const found = await openPassphrase(place);
  if (found !== undefined) return found;
  const { bench, password } = place;
  const passphrase = Buffer.from(randomBytes(16).toString('hex'));
  const label = `Keyward ${randomUUID()}`;
  const made = await tool(place, 'symkeyutil', '-K', '-t', 'des3', '-n', label);
  if (made.status !== 0) throw unreadable();
  const sealed = sealWith(join(bench.directory, 'key4.db'), { label, password, text: passphrase });
  const mode = readIfPresent(join(bench.directory, fileName))?.mode ?? 0o600;
  replaceFile(join(bench.directory, fileName), { content: utf8Encode(writeSealed(sealed)), mode });
  return passphrase;
}

const unreadable = (): AppError => new AppError('client.unreadable', 'The key database of this profile cannot be written.');

/** By Thunderbird's own libraries where they are here: what newer ones have sealed, only they open. */
function tool(
  { places, run, bench, password }: PassphrasePlace,
  name: 'pwdecrypt' | 'symkeyutil',
  ...more: readonly string[]
): Promise<ToolOutcome> {
  const program = places.tools.map((directory) => join(directory, name)).find((path) => existsSync(path));
  if (program === undefined) throw new AppError('client.absent', 'A tool of the system is missing.', { tool: name });
  const passwordFile = bench.put(`password-${randomUUID()}`, Buffer.concat([password ?? new Uint8Array(), Buffer.from('\n')]));
  return run({ program, arguments: ['-d', `sql:${bench.directory}`, '-f', passwordFile, ...more], libraries: programOf(places) });
}
