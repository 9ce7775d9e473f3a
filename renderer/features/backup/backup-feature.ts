import type { Feature } from '../feature.ts';
import { BackupScreen } from './backup-screen.tsx';

/** The practice in one encrypted file. */
export const backup: Feature = { screens: { backup: BackupScreen } };
