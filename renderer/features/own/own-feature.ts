import type { Feature } from '../feature.ts';
import { OwnScreen } from './own-screen.tsx';

/** What somebody of the staff has and may ask for. */
export const own: Feature = { screens: { own: OwnScreen } };
