import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { _electron as electron, type ElectronApplication } from '@playwright/test';
import { processTree } from '../../hosts/fixtures/process-tree.ts';
import { electronProgram, whyNoElectron } from './electron-program.ts';
import type { KeywardWindow, WantedWindow } from './host.ts';

const root = resolve(import.meta.dirname, '../../..');

/** An unpackaged Electron: only such a one lets itself be driven. */
export async function openInElectron({ workspaceDirectory, directory, saved, display }: WantedWindow): Promise<KeywardWindow> {
  const executablePath = electronProgram();
  if (executablePath === undefined) throw new Error(whyNoElectron);
  const application = await electron.launch({
    executablePath,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, '--workspace', workspaceDirectory],
    env: environmentIn(directory, display),
  });
  await answerDialogs(application, saved);
  const pid = application.process().pid;
  return {
    page: await application.firstWindow(),
    corePid: () => (pid === undefined ? undefined : processTree(pid).find(isCore)),
    close: () => application.close(),
  };
}

function environmentIn(directory: string, display: string): Record<string, string> {
  const inherited = Object.entries(process.env).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return {
    ...Object.fromEntries(inherited.filter(([name]) => name !== 'WAYLAND_DISPLAY')),
    HOME: directory,
    DISPLAY: display,
    XDG_CONFIG_HOME: join(directory, 'config'),
    XDG_DATA_HOME: join(directory, 'data'),
    XDG_STATE_HOME: join(directory, 'state'),
    XDG_CACHE_HOME: join(directory, 'cache'),
  };
}

/** The host asks Electron's own dialogs; these answer in their stead. */
function answerDialogs(application: ElectronApplication, saved: string): Promise<void> {
  return application.evaluate(({ dialog }, folder) => {
    dialog.showSaveDialog = (...given: readonly unknown[]) => {
      const { defaultPath } = given.at(-1) as { readonly defaultPath: string };
      return Promise.resolve({ canceled: false, filePath: `${folder}/${defaultPath}` });
    };
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
  }, saved);
}

function isCore(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(join(root, 'dist/core/core.js'));
}
