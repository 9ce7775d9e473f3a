import { create } from 'zustand';

/** What the last sign-in brought to light, for the screens behind the door. */
interface SignInNews {
  /** Entries made while locked, which the sign-in checked and signed. */
  readonly signedEntries: number;
  /** Who signed in last in this window: most often the one who does next. */
  readonly name: string | undefined;
  readonly tell: (signedEntries: number, name: string) => void;
}

export const useSignInNews = create<SignInNews>()((set) => ({
  signedEntries: 0,
  name: undefined,
  tell: (signedEntries, name) => set({ signedEntries, name }),
}));
