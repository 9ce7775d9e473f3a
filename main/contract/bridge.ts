import type { ErrorReply } from '../domain/errors.ts';
import type { HostAct, HostEvent } from './host-act.ts';

/** What crosses between the window and its shell: JSON, and beside it the frames it names (see wire/frames.ts). */
export interface BridgeMessage {
  readonly json: string;
  readonly frames: readonly Uint8Array[];
}

/** Makes one call. The message that comes back holds a `Reply`. */
export type BridgeCall = (json: string, frames: readonly Uint8Array[]) => Promise<BridgeMessage>;

/** All that a page finds of Keyward, as `window.keyward`; frozen. */
export interface Bridge {
  /** One function for each call of the contract and of the shell; the list is fixed when Keyward is built. */
  readonly calls: Readonly<Record<string, BridgeCall>>;
  /** The function of that name, called; rejects for a name that is not on the list. */
  readonly call: (name: string, json: string, frames: readonly Uint8Array[]) => Promise<BridgeMessage>;
  /** Hears the pushes of the core and the news of the shell until the returned function is called. */
  readonly subscribe: (listener: (name: string, message: BridgeMessage) => void) => () => void;
}

/**
 * What the window may ask of its shell itself, beside the acts of `hostActs`, all as `shell.<name>`:
 * `coreState` (answers `CoreState`), `answerPath` (`{id, path}` to `shell.pathWanted`), `quit`.
 */
export type ShellCall = `shell.${HostAct | 'coreState' | 'answerPath' | 'quit'}`;

export const shellCalls: readonly ShellCall[] = [
  'shell.chooseFile',
  'shell.locateFile',
  'shell.saveFiles',
  'shell.chooseFolder',
  'shell.saveInFolder',
  'shell.nameInFolder',
  'shell.printToPdf',
  'shell.notify',
  'shell.coreState',
  'shell.answerPath',
  'shell.quit',
];

/**
 * How the core is. `refused`: it could not open the workspace, and why. `lost`: it died. After both it is started again
 * and everybody must sign in anew.
 */
export type CoreState = { readonly state: 'starting' | 'ready' } | { readonly state: 'lost' | 'refused'; readonly error: ErrorReply };

/** Where the desktop has no dialogs of its own, the shell asks the window for a path. */
export interface PathWanted {
  readonly id: number;
  readonly kind: 'open' | 'save' | 'folder';
  readonly title: string;
  /** A file name to begin with; empty where there is none. */
  readonly suggestedName: string;
}

/** News of the shell itself, and what they hold. */
export interface ShellPushes {
  readonly 'shell.coreState': CoreState;
  readonly 'shell.pathWanted': PathWanted;
  /** The screen was locked or the machine goes to sleep: everybody is signed out. */
  readonly 'shell.signedOut': { readonly why: HostEvent };
}
