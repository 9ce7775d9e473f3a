import { BrowserWindow, dialog, ipcMain, Notification, powerMonitor, session as sessions } from 'electron';
import type { HostEvent } from '../../contract/host-act.ts';
import { AppError } from '../../domain/errors.ts';
import { watchDesktop } from '../desktop-watch.ts';
import type { Dialogs } from '../dialogs.ts';
import type { HostPlatform, HostWindow, WindowWay } from '../host.ts';
import { openRendererFiles } from '../renderer-files.ts';
import { guardSession, isWindow } from './guards.ts';
import { windowUrl } from './origin.ts';
import { printToPdf } from './print.ts';
import { windowOptions } from './window-options.ts';

/** The channels the bridge knows; there are no others. */
const requestChannel = 'keyward:request';
const pushChannel = 'keyward:push';

export interface ElectronSettings {
  readonly rendererDirectory: string;
  readonly preload: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The window as Electron shows it. */
export function electronPlatform(settings: ElectronSettings): HostPlatform {
  return {
    dialogs: electronDialogs,
    openWindow: (way) => openWindow(settings, way),
    printToPdf,
    notify: async (title, body) => new Notification({ title, body }).show(),
    watchDesktop: (listener) => watch(listener, settings.environment),
  };
}

async function openWindow({ rendererDirectory, preload }: ElectronSettings, way: WindowWay): Promise<HostWindow> {
  const session = sessions.fromPartition('persist:keyward');
  guardSession(session, openRendererFiles(rendererDirectory));
  const window = new BrowserWindow(windowOptions(preload, session));
  const contents = window.webContents;
  ipcMain.handle(requestChannel, async (event, name: unknown, message: unknown) => {
    if (!isWindow(event, contents)) throw new AppError('session.not-permitted', 'Only the window of Keyward may ask.');
    const { json, frames, wipe } = await way.request(name, message);
    // Electron copies what is returned as soon as this settles.
    setImmediate(wipe);
    return { json, frames };
  });
  contents.on('did-start-navigation', (details) => details.isMainFrame && !details.isSameDocument && way.begin());
  const closed = new Promise<void>((resolve) => window.once('closed', () => resolve()));
  // A page whose process died shows nothing any more.
  contents.on('render-process-gone', () => window.destroy());
  void closed.then(() => ipcMain.removeHandler(requestChannel));
  window.once('ready-to-show', () => window.show());
  await window.loadURL(windowUrl);
  return {
    deliver: (name, { json, frames, wipe }) => {
      if (!contents.isDestroyed()) contents.send(pushChannel, name, { json, frames });
      wipe();
    },
    show: () => {
      if (window.isMinimized()) window.restore();
      window.focus();
    },
    close: async () => {
      if (!window.isDestroyed()) window.close();
      await closed;
    },
    closed,
  };
}

const electronDialogs: Dialogs = {
  chooseFile: async ({ title, extensions }) => {
    const filters = extensions.length === 0 ? [] : [{ name: title, extensions: [...extensions] }];
    return (await dialog.showOpenDialog({ title, filters, properties: ['openFile'] })).filePaths[0];
  },
  chooseSavePath: async ({ title, suggestedName }) => {
    const { filePath } = await dialog.showSaveDialog({ title, defaultPath: suggestedName, properties: ['showOverwriteConfirmation'] });
    return filePath === '' ? undefined : filePath;
  },
  chooseFolder: async ({ title }) =>
    (await dialog.showOpenDialog({ title, properties: ['openDirectory', 'createDirectory'] })).filePaths[0],
};

/** On Linux Electron does not hear of the lock: the desktop's buses do. */
function watch(listener: (event: HostEvent) => void, environment: Readonly<Record<string, string>>): () => void {
  const locked = (): void => listener('screen-locked');
  const suspended = (): void => listener('suspended');
  powerMonitor.on('lock-screen', locked);
  powerMonitor.on('suspend', suspended);
  const stop = process.platform === 'linux' ? watchDesktop(listener, environment) : undefined;
  return () => {
    powerMonitor.off('lock-screen', locked);
    powerMonitor.off('suspend', suspended);
    stop?.();
  };
}
