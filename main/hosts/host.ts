import type { HostEvent } from '../contract/host-act.ts';
import type { RelayedMessage } from './window-relay.ts';
import type { Dialogs } from './dialogs.ts';

/**
 * A technology that can show the window: Electron, or a Chromium of the system. It knows nothing of what goes through
 * it.
 */
export interface HostPlatform {
  /** The desktop's own dialogs; undefined where it has none and the window itself must ask. */
  readonly dialogs: Dialogs | undefined;
  /** Opens the one window. */
  openWindow(way: WindowWay): Promise<HostWindow>;
  /** Gives a PDF of an HTML page that runs no scripts and loads nothing. */
  printToPdf(html: Uint8Array): Promise<Uint8Array>;
  /** Shows a notice outside the window. */
  notify(title: string, body: string): Promise<void>;
  /** Tells of the screen being locked and the machine going to sleep, until the returned function is called. */
  watchDesktop(listener: (event: HostEvent) => void): () => void;
}

/** What a window may ask of its shell. Whoever calls these has checked that it is the page of ours. */
export interface WindowWay {
  /** Answers one request; `message` is what the page sent, unchecked. Never rejects. */
  request(name: unknown, message: unknown): Promise<RelayedMessage>;
  /** The page begins anew: nobody is signed in at it any more. */
  begin(): void;
}

export interface HostWindow {
  /** Hands news to the page. */
  deliver(name: string, message: RelayedMessage): void;
  /** Brings the window before the person. */
  show(): void;
  close(): Promise<void>;
  /** Settles when the window is gone, however that came about. */
  readonly closed: Promise<void>;
}
