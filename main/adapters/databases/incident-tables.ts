import type { AlarmRecord, IncidentItemRecord, IncidentRecord } from '../../ports/stores/incidents.ts';

/** What the log raised an alarm for, and what somebody looks into. */
export interface IncidentTables {
  readonly incident: IncidentRecord;
  readonly incidentItem: IncidentItemRecord;
  readonly alarm: AlarmRecord;
}
