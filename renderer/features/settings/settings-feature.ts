import type { Feature } from '../feature.ts';
import { SettingsScreen } from './settings-screen.tsx';

/** What an administrator decides for everybody. */
export const settings: Feature = { screens: { settings: SettingsScreen } };
