import { create } from 'zustand';

/** What each place of the window is opened with. */
export interface RouteParameters {
  readonly overview: object;
  /** Of the person that whoever is signed in is. */
  readonly own: object;
  readonly people: {
    readonly filter?: string;
    readonly search?: string;
    readonly sort?: 'need' | 'name' | 'department' | 'ends';
    readonly descending?: boolean;
  };
  readonly person: { readonly id: string };
  readonly enrol: { readonly job?: string; readonly people?: readonly string[] };
  readonly cards: object;
  readonly certificates: object;
  readonly certificate: { readonly id: string };
  /** Whatever somebody sent. */
  readonly viewer: object;
  /** What was revoked, by its entry in the log; when others know was said before it was done. */
  readonly revoked: { readonly entry: number; readonly knownBy?: string };
  readonly authorities: object;
  readonly profiles: object;
  readonly 'mail-programs': object;
  readonly recovery: object;
  readonly operators: object;
  readonly backup: object;
  /** `search` is what is looked for at first, such as a card’s number or a key’s id. */
  readonly audit: { readonly entry?: number; readonly person?: string; readonly certificate?: string; readonly search?: string };
  readonly incidents: object;
  readonly incident: { readonly number: number };
  readonly reports: object;
  readonly settings: object;
  /** Of whoever is signed in. */
  readonly account: object;
}

export type RouteName = keyof RouteParameters;
export type RouteOf<Name extends RouteName> = { readonly name: Name } & RouteParameters[Name];
export type Route = { readonly [Name in RouteName]: RouteOf<Name> }[RouteName];

interface Navigation {
  readonly route: Route;
  /** Where the reader came from, oldest first. */
  readonly past: readonly Route[];
  /** Opens a place and remembers the present one. */
  readonly go: (route: Route) => void;
  /** Opens a place instead of the present one, as when a filter changes. */
  readonly replace: (route: Route) => void;
  /** Returns to the place before, or opens `otherwise` when there is none. */
  readonly back: (otherwise?: Route) => void;
  /** Forgets everything: somebody else may sign in next. */
  readonly reset: () => void;
}

const start: Route = { name: 'overview' };
const longestPast = 50;

export const useNavigation = create<Navigation>()((set) => ({
  route: start,
  past: [],
  go: (route) => set((now) => ({ route, past: [...now.past, now.route].slice(-longestPast) })),
  replace: (route) => set({ route }),
  back: (otherwise = start) => set((now) => ({ route: now.past.at(-1) ?? otherwise, past: now.past.slice(0, -1) })),
  reset: () => set({ route: start, past: [] }),
}));

/** The function that opens a place; its identity never changes. */
export const useGo = () => useNavigation((navigation) => navigation.go);
