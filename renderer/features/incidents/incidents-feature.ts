import type { Feature } from '../feature.ts';
import { IncidentScreen } from './incident-screen.tsx';
import { IncidentsScreen } from './incidents-screen.tsx';

/** What the log raised an alarm for, and what somebody looks into. */
export const incidents: Feature = { screens: { incidents: IncidentsScreen, incident: IncidentScreen } };
