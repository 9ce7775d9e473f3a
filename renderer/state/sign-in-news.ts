import { create } from 'zustand';

/** What the last sign-in brought to light, for the screens behind the door. */
interface SignInNews {
  /** Entries made while locked, which the sign-in checked and signed. */
  readonly signedEntries: number;
  readonly tell: (signedEntries: number) => void;
}

export const useSignInNews = create<SignInNews>()((set) => ({
  signedEntries: 0,
  tell: (signedEntries) => set({ signedEntries }),
}));
