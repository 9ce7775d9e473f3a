import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { readBySelf } from '../../domain/mail-client/read-settings.ts';
import type { MailClient } from '../../ports/mail-client.ts';
import type { HomeClientParts } from './at-home/create-home-client.ts';
import { nssFiles, nssHome } from './at-home/home-layout.ts';
import { runs } from './at-home/home-places.ts';
import type { FileLayout } from './change/client-files.ts';
import { createMailClient } from './change/create-mail-client.ts';
import { runTool } from './change/run-tool.ts';
import { knownTo } from './engines/known-certificates.ts';
import { openNssDatabase } from './engines/nss-database.ts';

const layout: FileLayout = {
  namesIn: () => nssFiles,
  mayChange: (name) => nssFiles.includes(name),
  // It lists the person's tokens, whose libraries no tool of ours is to load.
  withheld: 'pkcs11.txt',
  undoFolder: '.keyward-undo',
};

/** Programs that keep the usual database open while they run, by what the kernel calls them. */
const users = ['evolution', 'chromium', 'chrome', 'msedge', 'brave', 'vivaldi-bin', 'opera'];

/**
 * An NSS database by the name of its directory, the usual one of the desktop where none is named: whatever reads it (Evolution, Chromium,
 * smime tools of NSS) finds who is in it. One with a password is opened by it, and one that is made now gets it.
 */
export const createNss = ({ places, run = runTool, replace }: HomeClientParts): MailClient => {
  const usual = join(places.home, nssHome);
  const isUsual = (directory: string): boolean => existsSync(usual) && realpathSync(directory) === realpathSync(usual);
  return createMailClient(
    {
      id: 'nss',
      keyForm: 'together',
      layout,
      isAnybodys: true,
      temporary: places.temporary,
      planned: { keys: 'key4.db', certificates: 'cert9.db', trust: 'cert9.db', settings: '' },
      isInstalled: () => places.programs.some((directory) => existsSync(join(directory, 'certutil'))),
      knownProfiles: () => (existsSync(usual) ? [{ path: usual, name: nssHome, isDefault: true }] : []),
      isOpen: (directory) => isUsual(directory) && runs(places, users),
      identitiesIn: () => [],
      countSettings: () => 0,
      openKeys: (bench, password) =>
        openNssDatabase({ directory: bench.directory, tools: places.programs, libraries: undefined }, run, bench, password),
      write: async () => undefined,
      read: async (_directory, setup, keys) => readBySelf(setup, await knownTo(keys, setup)),
    },
    replace,
  );
};
