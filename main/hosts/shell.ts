import type { CoreState } from '../contract/bridge.ts';
import type { Door } from '../contract/door.ts';
import type { HostEvent } from '../contract/host-act.ts';
import { startCoreProcess, type CoreCommand, type CoreProcess } from './core-process.ts';
import { desktopActor } from './desktop-actor.ts';
import type { HostPlatform, HostWindow } from './host.ts';
import type { LogFile } from './log-file.ts';
import { WindowDialogs } from './window-dialogs.ts';
import { endWindowSession, relayNews, relayPushes, relayRequest, type RelayedMessage, type WindowShell } from './window-relay.ts';

export interface ShellOptions {
  readonly platform: HostPlatform;
  /** Asked before each start of the core. */
  readonly command: () => Promise<CoreCommand>;
  /** Of the core; nothing else reaches it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly coreLog: LogFile;
}

export interface Shell {
  readonly window: HostWindow;
  readonly core: CoreProcess;
  close(): Promise<void>;
  /** Settles when window and core are gone. */
  readonly closed: Promise<void>;
}

/** One window over one core. When the window goes, the core finishes and ends. */
export async function openShell(options: ShellOptions): Promise<Shell> {
  const { platform } = options;
  const news = new News();
  const windowDialogs = new WindowDialogs((wanted) => news.tell(relayNews('shell.pathWanted', wanted)));
  let state: CoreState = { state: 'starting' };
  const actor = desktopActor({ ...platformActs(platform), dialogs: platform.dialogs ?? windowDialogs });
  const core = startCoreProcess({
    ...options,
    actor,
    log: options.coreLog,
    onState: (next) => {
      state = next;
      news.tell(relayNews('shell.coreState', next));
    },
  });
  const shell: WindowShell = {
    door: core.door,
    actor,
    coreState: () => state,
    answerPath: (id, path) => windowDialogs.answer(id, path),
    quit: () => void news.window?.close(),
  };
  const signOut = (why: HostEvent): void => {
    core.tell(why);
    news.tell(relayNews('shell.signedOut', { why }));
  };
  const window = await openWindow(platform, shell);
  news.window = window;
  const stops = [relayPushes(core.door, (name, message) => window.deliver(name, message)), platform.watchDesktop(signOut)];
  const closed = window.closed.then(async () => {
    for (const stop of stops) stop();
    await core.door.close();
  });
  return { window, core, closed, close: () => Promise.all([window.close(), closed]).then(() => undefined) };
}

/** What is told before there is a window is not missed: the window asks for the state when it begins. */
class News {
  window: HostWindow | undefined;

  tell({ name, message }: { readonly name: string; readonly message: RelayedMessage }): void {
    this.window?.deliver(name, message);
  }
}

async function openWindow(platform: HostPlatform, shell: WindowShell): Promise<HostWindow> {
  const { door }: { readonly door: Door } = shell;
  try {
    return await platform.openWindow({
      request: (name, message) => relayRequest(shell, name, message),
      begin: () => endWindowSession(door),
    });
  } catch (error) {
    await door.close();
    throw error;
  }
}

const platformActs = (platform: HostPlatform) => ({
  printToPdf: (html: Uint8Array) => platform.printToPdf(html),
  notify: (title: string, body: string) => platform.notify(title, body),
});
