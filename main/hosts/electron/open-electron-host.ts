import { app, Menu, protocol } from 'electron';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment, windowsChildEnvironment } from '../../domain/process/environment.ts';
import { AppError } from '../../domain/errors.ts';
import { coreCommand } from '../core-command.ts';
import { verifyCoreFiles, type CoreFiles } from '../core-integrity.ts';
import type { CoreCommand } from '../core-process.ts';
import { openLogFile } from '../log-file.ts';
import type { OpenedShell, ShellPlaces } from '../run-shell.ts';
import { openShell } from '../shell.ts';
import { electronPlatform } from './electron-platform.ts';
import { guardContents } from './guards.ts';
import { scheme } from './origin.ts';

/** Ways into the process from outside; a packaged Keyward has none. */
const debuggingSwitches = ['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk', 'js-flags'];

/**
 * Opens Keyward in Electron and starts its core.
 * @throws AppError store.busy when it is open already (the window comes to the front), unsupported when it was started
 * with a debugger's door open.
 */
export async function openElectronHost(places: ShellPlaces): Promise<OpenedShell> {
  prepare(places);
  if (!app.requestSingleInstanceLock()) throw new AppError('store.busy', 'Keyward is open already.');
  await app.whenReady();
  const environment = process.platform === 'win32' ? windowsChildEnvironment(process.env) : childEnvironment(process.env);
  const settings = {
    rendererDirectory: join(app.getAppPath(), 'dist/renderer'),
    preload: join(app.getAppPath(), 'dist/preload/electron.cjs'),
    environment,
  };
  const shell = await openShell({
    platform: electronPlatform(settings),
    command: () =>
      app.isPackaged
        ? shippedCore(places)
        : Promise.resolve(coreCommand(join(app.getAppPath(), 'dist/core/core.js'), places.workspaceDirectory)),
    environment,
    coreLog: openLogFile(join(places.stateDirectory, 'core.log')),
  });
  app.on('second-instance', () => shell.window.show());
  void shell.closed.then(() => app.quit());
  return shell;
}

/** What must be set before Electron is ready. */
function prepare({ profileDirectory }: ShellPlaces): void {
  if (app.isPackaged && debuggingSwitches.some((name) => app.commandLine.hasSwitch(name))) {
    throw new AppError('unsupported', 'Keyward does not run under a debugger.', { what: 'debugging' });
  }
  // SECURITY: electron #4 for every page there will ever be
  app.enableSandbox();
  // SECURITY: electron #1 no name is looked up
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  // SECURITY: electron #18 a scheme with the rights of https and none of file://
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }]);
  app.setPath('userData', profileDirectory);
  guardContents(app);
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  app.on('window-all-closed', () => undefined);
}

/** The core that was shipped, on the Node that was, if both are still as they were. */
async function shippedCore({ workspaceDirectory }: ShellPlaces): Promise<CoreCommand> {
  const resources = process.resourcesPath;
  const list = JSON.parse(readFileSync(join(app.getAppPath(), 'dist/main/core-files.json'), 'utf8')) as CoreFiles;
  await verifyCoreFiles(resources, list);
  return coreCommand(
    join(resources, 'core/core.js'),
    workspaceDirectory,
    join(resources, 'node', process.platform === 'win32' ? 'node.exe' : 'node'),
  );
}
