import type { Feature } from '../feature.ts';
import { ProfilesScreen } from './profiles-screen.tsx';

/** How certificates are made. */
export const profiles: Feature = { screens: { profiles: ProfilesScreen } };
