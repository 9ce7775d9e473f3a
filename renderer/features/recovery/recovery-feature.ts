import type { Feature } from '../feature.ts';
import { RecoveryScreen } from './recovery-screen.tsx';

/** Keys that are kept for when somebody is gone. */
export const recovery: Feature = { screens: { recovery: RecoveryScreen } };
