import type { ArchiveRecord } from '../../ports/stores/archives.ts';
import type { AlarmRecord, IncidentItemRecord, IncidentRecord } from '../../ports/stores/incidents.ts';

/** An entry whose content is in a file. */
export interface ArchivedLeafTable {
  readonly index: number;
  readonly leafHash: Uint8Array;
}

/** What the log raised an alarm for, what somebody looks into, and where contents of the log went. */
export interface IncidentTables {
  readonly incident: IncidentRecord;
  readonly incidentItem: IncidentItemRecord;
  readonly alarm: AlarmRecord;
  readonly archive: ArchiveRecord;
  readonly archivedLeaf: ArchivedLeafTable;
}
