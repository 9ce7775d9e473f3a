import type { Feature } from '../feature.ts';
import { AuditScreen } from './audit-screen.tsx';

/** What was done, and the proof of it. */
export const audit: Feature = { screens: { audit: AuditScreen } };
