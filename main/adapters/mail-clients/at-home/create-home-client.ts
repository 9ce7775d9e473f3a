import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { utf8Decode, utf8Encode } from '../../../domain/encoding/utf8.ts';
import { AppError } from '../../../domain/errors.ts';
import { chooseCertificates } from '../../../domain/mail-client/choose-certificates.ts';
import type { MailClientId, MailIdentity, MailSetup } from '../../../domain/mail-client/mail-client.ts';
import { readBySelf, readNamedSettings } from '../../../domain/mail-client/read-settings.ts';
import type { IdentitySettings, SettingsFormat } from '../../../domain/mail-client/settings/identity-settings.ts';
import type { MailClient } from '../../../ports/mail-client.ts';
import { readIfPresent, replaceFile, type ReplaceFile } from '../change/client-files.ts';
import { createMailClient } from '../change/create-mail-client.ts';
import { runTool, type RunTool } from '../change/run-tool.ts';
import type { Workbench } from '../change/workbench.ts';
import { openGpgsmHome, type GpgsmPlace } from '../engines/gpgsm-home.ts';
import type { KeyEngine } from '../engines/key-engine.ts';
import { knownTo } from '../engines/known-certificates.ts';
import { openNssDatabase } from '../engines/nss-database.ts';
import { gnupgHome, homeLayout, nssHome } from './home-layout.ts';
import { runs, type HomePlaces } from './home-places.ts';

export interface HomeClientParts {
  readonly places: HomePlaces;
  /** Tests let tools and the disk fail; the product never does. */
  readonly run?: RunTool;
  readonly replace?: ReplaceFile;
}

/** What tells one program that keeps everything under a home from another. */
export interface HomeProgram {
  readonly id: MailClientId;
  readonly engine: 'gpgsm' | 'nss';
  /** Its executables: installed, and while one runs, open. */
  readonly executables: readonly string[];
  /** While one of these runs nothing is written; other than the executables where a service goes on without the program. */
  readonly openWhile: readonly string[];
  /** Its settings; without them it takes by itself what the engine has. */
  readonly settings?: {
    /** The files there may be, within the home. */
    filesIn(home: string): readonly string[];
    readonly format: SettingsFormat;
    /** How many settings one identity gets. */
    readonly count: number;
    /** What a plan calls the files. */
    readonly named: string;
  };
}

export function createHomeClient(program: HomeProgram, { places, run = runTool, replace }: HomeClientParts): MailClient {
  const { id, engine, executables, settings } = program;
  const there = (home: string): boolean =>
    settings === undefined ? existsSync(join(home, gnupgHome)) : settings.filesIn(home).some((name) => existsSync(join(home, name)));
  const planned =
    engine === 'nss'
      ? { keys: `${nssHome}/key4.db`, certificates: `${nssHome}/cert9.db`, trust: `${nssHome}/cert9.db` }
      : {
          keys: `${gnupgHome}/private-keys-v1.d`,
          certificates: `${gnupgHome}/pubring.kbx`,
          trust: `${gnupgHome}/trustlist.txt`,
        };
  return createMailClient(
    {
      id,
      keyForm: engine === 'nss' ? 'together' : 'one-by-one',
      layout: homeLayout(engine, (home) => settings?.filesIn(home) ?? []),
      isAnybodys: settings === undefined,
      temporary: places.temporary,
      planned: { ...planned, settings: settings?.named ?? '' },
      isInstalled: () => executables.some((name) => places.programs.some((directory) => existsSync(join(directory, name)))),
      knownProfiles: () => (there(places.home) ? [{ path: places.home, name: 'home', isDefault: true }] : []),
      isOpen: () => runs(places, program.openWhile),
      identitiesIn: (home) => readAll(program, home).map(({ identity }) => identity),
      countSettings: (_setup, identities) => (settings?.count ?? 0) * identities.length,
      openKeys: (bench, password) =>
        engine === 'nss' ? openNss(places, run, bench, password) : openGpgsmHome(gpgsmPlace(places, bench), run, bench, password),
      write: (home, identities, setup, keys) => write(program, home, { identities, setup, keys }),
      read: async (home, setup, keys) => {
        const known = await knownTo(keys, setup);
        return settings === undefined ? readBySelf(setup, known) : readNamedSettings(readAll(program, home), setup, known);
      },
    },
    replace,
  );
}

const gpgsmPlace = ({ home, programs }: HomePlaces, { directory }: Workbench): GpgsmPlace => ({
  directory: join(directory, gnupgHome),
  own: join(home, gnupgHome),
  tools: programs,
});

function openNss(places: HomePlaces, run: RunTool, bench: Parameters<typeof openNssDatabase>[2], password: Uint8Array | undefined) {
  const directory = join(bench.directory, nssHome);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return openNssDatabase({ directory, tools: places.programs, libraries: undefined }, run, bench, password);
}

/** A file and a key within it: identities of several files can have the same one. */
const keyOf = (file: string, key: string): string => `${file} ${key}`;

function readAll({ settings }: HomeProgram, home: string): IdentitySettings[] {
  return (settings?.filesIn(home) ?? []).flatMap((file) =>
    (settings?.format.read(readText(home, file)) ?? []).map((found) => ({
      ...found,
      identity: { ...found.identity, key: keyOf(file, found.identity.key) },
    })),
  );
}

/** Empty when there is no such file. @throws AppError client.unreadable for what is not UTF-8 */
function readText(home: string, name: string): string {
  const content = readIfPresent(join(home, name))?.content;
  const text = content === undefined ? '' : utf8Decode(content);
  if (text === undefined) throw new AppError('client.unreadable', 'A file of settings is not text.', { file: name });
  return text;
}

interface Writing {
  readonly identities: readonly MailIdentity[];
  readonly setup: MailSetup;
  readonly keys: KeyEngine;
}

async function write({ settings }: HomeProgram, home: string, { identities, setup, keys }: Writing): Promise<void> {
  for (const file of settings?.filesIn(home) ?? []) {
    let text = readText(home, file);
    const before = text;
    for (const { identity } of settings?.format.read(text) ?? []) {
      const wanted = identities.find(({ key }) => key === keyOf(file, identity.key));
      if (settings === undefined || wanted === undefined) continue;
      const { sign, encrypt } = chooseCertificates(setup, wanted);
      const names = { sign: (await keys.nameOf(sign)) ?? '', encrypt: (await keys.nameOf(encrypt)) ?? '', encryption: setup.encrypt };
      text = settings.format.write(text, identity.key, names);
    }
    if (text !== before) replaceFile(join(home, file), { content: utf8Encode(text), mode: 0o600 });
  }
}
