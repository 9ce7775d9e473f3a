import type { ComponentType } from 'react';
import type { PaletteGroup } from '../ui/palette-item.ts';
import type { RouteName, RouteOf } from '../state/navigation.ts';
import type { State } from '../ui/status.ts';

/** What a screen is opened with: the parameters of its route. */
export type ScreenProps<Name extends RouteName> = { readonly route: RouteOf<Name> };

export type Screens = { readonly [Name in RouteName]?: ComponentType<ScreenProps<Name>> };

export interface FirstRunProps {
  /** The practice exists and its recovery code is kept: open the window. */
  readonly onFinished: () => void;
}

/** Why nobody is signed in any more. `ended`: the core no longer knows the session. */
export type SignedOutReason = 'locked' | 'screen-locked' | 'suspended' | 'idle' | 'card' | 'core-lost' | 'ended';

export interface LockedProps {
  readonly practiceName: string | null;
  readonly operators: readonly string[];
  /** Null when the window was opened just now. */
  readonly reason: SignedOutReason | null;
  /** False while the core is being started again. */
  readonly isCoreReady: boolean;
  /** Somebody signed in: open the window. */
  readonly onSignedIn: () => void;
}

/** What one area adds to the window. */
export interface Feature {
  readonly screens?: Screens;
  readonly firstRun?: ComponentType<FirstRunProps>;
  readonly locked?: ComponentType<LockedProps>;
  /** What asks once more who is there, above everything, while somebody is signed in. */
  readonly stepUp?: ComponentType;
  /** A number beside the area's place in the side bar; a hook, called on every render of the side bar. */
  readonly useCounts?: () => Readonly<Partial<Record<RouteName, number>>>;
  /** How it stands with the card reader, for the side bar; a hook, called on every render of the window. */
  readonly useReader?: () => { readonly state: State; readonly words: string } | undefined;
  /** What the palette finds for what was typed so far; a hook, called while the palette is open. */
  readonly useFindings?: (query: string) => readonly PaletteGroup[];
}
