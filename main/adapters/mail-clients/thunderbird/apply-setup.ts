import { join } from 'node:path';
import { utf8Encode } from '../../../domain/encoding/utf8.ts';
import { chooseCertificates, identitiesOf } from '../../../domain/mail-client/choose-certificates.ts';
import type { MailSetup } from '../../../domain/mail-client/mail-client.ts';
import { identityPreferences } from '../../../domain/mail-client/thunderbird/identity-preferences.ts';
import {
  preferenceValues,
  readPreferences,
  setPreferences,
  type PreferenceValue,
} from '../../../domain/mail-client/thunderbird/preference-file.ts';
import type { MailKeys, MailProfile } from '../../../ports/mail-client.ts';
import type { NssDatabase } from './nss-database.ts';
import { readText } from './profile.ts';
import { profileFileNames, readIfPresent, replaceFile, type FileState, type ProfileFileName } from './profile-files.ts';
import type { FileChange } from './undo-folder.ts';
import type { Workbench } from './workbench.ts';

/** Does everything on the workbench: keys, authorities and their trust, preferences. */
export async function prepare(bench: Workbench, nss: NssDatabase, profile: MailProfile, setup: MailSetup, keys: MailKeys): Promise<void> {
  await nss.importKeys(keys);
  for (const issuer of setup.issuers) await nss.addIssuer(issuer);
  writePreferences(bench.directory, preferencesFor(profile, setup));
}

/** @throws AppError client.no-certificate */
function preferencesFor(profile: MailProfile, setup: MailSetup): Map<string, PreferenceValue> {
  const identities = identitiesOf(profile.identities, setup.mailboxes);
  return new Map(identities.flatMap((identity) => [...identityPreferences(chooseCertificates(setup, identity), setup)]));
}

/** Into prefs.js, except for what user.js sets anew at every start. */
function writePreferences(directory: string, changes: ReadonlyMap<string, PreferenceValue>): void {
  const overriding = preferenceValues(readPreferences(readText(directory, 'user.js')));
  const part = (isOverridden: boolean) => new Map([...changes].filter(([name]) => overriding.has(name) === isOverridden));
  for (const [file, some] of [
    ['prefs.js', part(false)],
    ['user.js', part(true)],
  ] as const) {
    const text = readText(directory, file);
    const edited = setPreferences(text, some);
    if (edited !== text) replaceFile(join(directory, file), { content: utf8Encode(edited), mode: 0o600 });
  }
}

/** What a new file may be read by: its owner. */
const newFileMode = 0o600;

/** How the workbench differs from the profile it was copied from. */
export function changesOn(bench: Workbench, profile: string): FileChange[] {
  return profileFileNames.flatMap((name) => {
    const before = bench.before.get(name);
    const after = resultOf(bench, profile, name, before);
    return isSame(before, after) ? [] : [{ name, before, after }];
  });
}

/** pkcs11.txt names its own directory, and is left alone where there is one: it lists the person's tokens. */
function resultOf(bench: Workbench, profile: string, name: ProfileFileName, before: FileState | undefined): FileState | undefined {
  if (name === 'pkcs11.txt' && before !== undefined) return before;
  const made = readIfPresent(join(bench.directory, name));
  if (made === undefined) return undefined;
  const content = name === 'pkcs11.txt' ? renamed(made.content, bench.directory, profile) : made.content;
  return { content, mode: before?.mode ?? newFileMode };
}

const renamed = (content: Uint8Array, from: string, to: string): Uint8Array =>
  Buffer.from(
    Buffer.from(content)
      .toString('utf8')
      .replaceAll(`'sql:${from}'`, () => `'sql:${to}'`),
  );

const isSame = (before: FileState | undefined, after: FileState | undefined): boolean =>
  before === undefined || after === undefined ? before === after : Buffer.compare(before.content, after.content) === 0;
