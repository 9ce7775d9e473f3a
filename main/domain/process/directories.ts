import type { Environment } from './environment.ts';

/** Where Keyward keeps what is its own, each an absolute path. */
export interface Directories {
  /** The practice, unless another is named. */
  readonly workspace: string;
  /** Logs. */
  readonly state: string;
  /** What the window remembers; nothing of the practice. */
  readonly windowProfile: string;
}

/**
 * The platform's own places for a user's data (XDG Base Directory, Apple's Library, Windows known folders), from a
 * platform name as Node gives it. Undefined when the environment names no home.
 */
export function platformDirectories(platform: string, environment: Environment): Directories | undefined {
  if (platform === 'win32') return onWindows(environment['LOCALAPPDATA']);
  const home = environment['HOME'];
  if (home === undefined || !home.startsWith('/')) return undefined;
  return platform === 'darwin' ? onMac(home) : onLinux(home, environment);
}

function onLinux(home: string, environment: Environment): Directories {
  const base = (name: string, fallback: string): string => {
    const value = environment[name];
    return `${value?.startsWith('/') === true ? value : `${home}/${fallback}`}/keyward`;
  };
  return {
    workspace: base('XDG_DATA_HOME', '.local/share'),
    state: base('XDG_STATE_HOME', '.local/state'),
    windowProfile: base('XDG_CONFIG_HOME', '.config'),
  };
}

function onMac(home: string): Directories {
  const support = `${home}/Library/Application Support/Keyward`;
  return { workspace: `${support}/Practice`, state: `${home}/Library/Logs/Keyward`, windowProfile: `${support}/Window` };
}

function onWindows(localData: string | undefined): Directories | undefined {
  if (localData === undefined || localData === '') return undefined;
  const base = `${localData}\\Keyward`;
  return { workspace: `${base}\\Practice`, state: `${base}\\Logs`, windowProfile: `${base}\\Window` };
}
