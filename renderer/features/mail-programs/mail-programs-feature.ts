import type { Feature } from '../feature.ts';
import { MailProgramsScreen } from './mail-programs-screen.tsx';

/** Packages that people fetch for their mail programs, and what is proved of them. */
export const mailPrograms: Feature = { screens: { 'mail-programs': MailProgramsScreen } };
