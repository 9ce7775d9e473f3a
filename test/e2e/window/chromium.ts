import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openChromiumHost } from '../../../main/hosts/chromium/open-chromium-host.ts';
import type { Dialogs } from '../../../main/hosts/dialogs.ts';
import type { KeywardWindow, WantedWindow } from './host.ts';

/** The Chromium host as a library: its page comes through the pipe it has anyway. */
export async function openInChromium({ workspaceDirectory, directory, saved, display, coreEntry }: WantedWindow): Promise<KeywardWindow> {
  const host = await openChromiumHost({
    workspaceDirectory,
    profileDirectory: join(directory, 'profile'),
    stateDirectory: join(directory, 'state'),
    dialogs: dialogsInto(saved),
    ...(coreEntry === undefined ? {} : { coreEntry }),
    environment: { ...process.env, HOME: directory, DISPLAY: display, WAYLAND_DISPLAY: undefined },
  });
  return { page: host.page, corePid: host.corePid, close: host.close };
}

function dialogsInto(saved: string): Dialogs {
  return {
    chooseFile: () => Promise.resolve(newestIn(saved)),
    chooseSavePath: ({ suggestedName }) => Promise.resolve(join(saved, suggestedName)),
    chooseFolder: () => Promise.resolve(saved),
  };
}

/** The file that was saved last, which a person would choose. */
function newestIn(folder: string): string | undefined {
  const paths = readdirSync(folder).map((name) => join(folder, name));
  return paths.toSorted((one, other) => statSync(one).mtimeMs - statSync(other).mtimeMs).at(-1);
}
