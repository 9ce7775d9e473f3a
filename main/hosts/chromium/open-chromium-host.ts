import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { childEnvironment, windowsChildEnvironment, type Environment } from '../../domain/process/environment.ts';
import { AppError } from '../../domain/errors.ts';
import { coreCommand } from '../core-command.ts';
import type { Dialogs } from '../dialogs.ts';
import { openLogFile } from '../log-file.ts';
import { ensurePrivateDirectory } from '../private-directory.ts';
import { openShell, type Shell } from '../shell.ts';
import { chromiumPlatform, type ChromiumSettings } from './chromium-platform.ts';
import { findChromium } from './executable.ts';
import { holdSingleInstance } from './single-instance.ts';
import { systemDialogs } from './system-dialogs.ts';

const root = resolve(import.meta.dirname, '../../..');

export interface ChromiumHostOptions {
  readonly workspaceDirectory: string;
  /** Made 0700 when it is missing; must belong to this user alone. */
  readonly profileDirectory: string;
  /** For the logs of core and Chromium; the profile's own when left out. */
  readonly stateDirectory?: string;
  /** Instead of the desktop's. */
  readonly dialogs?: Dialogs;
  /** Instead of the one that was built: from its sources a core takes seconds more to start. */
  readonly coreEntry?: string;
  readonly rendererDirectory?: string;
  readonly bridgeScript?: string;
  /** Of which only the fixed list reaches a child; this process's own when left out. */
  readonly environment?: Environment;
}

export interface ChromiumHost {
  readonly page: Page;
  /** The core that runs now. */
  corePid(): number | undefined;
  close(): Promise<void>;
  /** Settles when window and core are gone. */
  readonly closed: Promise<void>;
}

/**
 * Opens Keyward in a window of the system's Chromium and starts its core.
 * @throws AppError store.busy when this profile's window is open already (it comes to the front), unsupported without
 * Chromium, store.read-only when the profile is open to others.
 */
export async function openChromiumHost(options: ChromiumHostOptions): Promise<ChromiumHost> {
  ensurePrivateDirectory(options.profileDirectory);
  let shell: Shell | undefined;
  const release = await holdSingleInstance(options.profileDirectory, () => shell?.window.show());
  const page = Promise.withResolvers<Page>();
  try {
    const opened = await openShell(shellOptions(options, page.resolve));
    shell = opened;
    const closed = opened.closed.then(release);
    return {
      page: await page.promise,
      corePid: () => opened.core.pid(),
      close: () => Promise.all([opened.close(), closed]).then(() => undefined),
      closed,
    };
  } catch (error) {
    await release();
    throw error instanceof AppError
      ? error
      : new AppError('unsupported', 'The window could not be opened.', { what: 'chromium' }, { cause: error });
  }
}

function shellOptions(options: ChromiumHostOptions, onPage: (page: Page) => void) {
  const given = options.environment ?? process.env;
  const environment = process.platform === 'win32' ? windowsChildEnvironment(given) : childEnvironment(given);
  const logs = options.stateDirectory ?? join(options.profileDirectory, 'logs');
  const settings: ChromiumSettings = {
    executable: findChromium(),
    environment,
    log: openLogFile(join(logs, 'window.log')),
    profileDirectory: options.profileDirectory,
    rendererDirectory: options.rendererDirectory ?? join(root, 'dist/renderer'),
    bridgeScript: options.bridgeScript ?? join(root, 'dist/preload/chromium.js'),
    dialogs: options.dialogs ?? systemDialogs(environment),
  };
  const entry = options.coreEntry ?? join(root, 'dist/core/core.js');
  return {
    platform: chromiumPlatform(settings, onPage),
    command: () => Promise.resolve(coreCommand(entry, options.workspaceDirectory)),
    environment,
    coreLog: openLogFile(join(logs, 'core.log')),
  };
}
