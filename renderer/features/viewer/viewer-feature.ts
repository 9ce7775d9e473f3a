import type { Feature } from '../feature.ts';
import { ViewerScreen } from './viewer-screen.tsx';

/** Looking at whatever somebody sent. */
export const viewer: Feature = { screens: { viewer: ViewerScreen } };
