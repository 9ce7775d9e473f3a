import type { Feature } from '../feature.ts';
import { AccountScreen } from './account-screen.tsx';

/** What whoever is signed in decides about their own sign-in. */
export const account: Feature = { screens: { account: AccountScreen } };
