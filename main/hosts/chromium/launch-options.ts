import type { LogFile } from '../log-file.ts';

/** The window's origin. The name cannot exist (RFC 6761 section 6.4): what is not served by us is served by nobody. */
export const origin = 'https://keyward.invalid';

const windowTitle = 'Keyward';

export interface LaunchSettings {
  readonly executable: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: LogFile;
}

/** Switches of the library that are for tests of web sites, not for an application. */
const unwanted = [
  'about:blank',
  '--enable-automation',
  '--disable-popup-blocking',
  '--enable-unsafe-swiftshader',
  '--unsafely-disable-devtools-self-xss-warnings',
  '--use-mock-keychain',
];

/** Chromium as a window of ours and nothing else: no network, no store of passwords, no services of its maker. */
const switches = [
  `--app=data:text/html,<title>${windowTitle}</title>`,
  '--window-size=1280,860',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-translate',
  '--no-first-run',
  '--no-pings',
  '--password-store=basic',
];

/**
 * The options of playwright's `launchPersistentContext`: a pipe, never a port; the environment given here, none of our
 * own; Chromium's own sandbox, which only root must do without.
 */
export function launchOptions({ executable, environment, log }: LaunchSettings) {
  return {
    ...processOptions({ executable, environment, log }),
    headless: false,
    viewport: null,
    serviceWorkers: 'block' as const,
    acceptDownloads: false,
    args: [...switches, ...(isRoot() ? ['--disable-gpu'] : [])],
    ignoreDefaultArgs: unwanted,
  };
}

/** What every Chromium we start has in common. */
export function processOptions({ executable, environment, log }: LaunchSettings) {
  return {
    executablePath: executable,
    env: { ...environment },
    chromiumSandbox: !isRoot(),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    logger: browserLog(log),
  };
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** What Chromium itself writes. The library's own protocol log would hold all that is typed, so it stays shut. */
function browserLog(log: LogFile) {
  return {
    isEnabled: (name: string): boolean => name === 'browser',
    log: (name: string, _severity: string, message: string | Error): void => {
      if (name === 'browser') log.append(`${String(message)}\n`);
    },
  };
}
