import type { Feature } from '../feature.ts';
import { AuthoritiesScreen } from './authorities-screen.tsx';

/** The practice's own authorities. */
export const authorities: Feature = { screens: { authorities: AuthoritiesScreen } };
