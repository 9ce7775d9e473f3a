import type { AlarmRule } from '../../domain/watch/alarm-rule.ts';

/** Something that the rules over the log found. */
export interface AlarmRecord {
  /** From 1 on, in the order they were raised. */
  readonly number: number;
  readonly rule: AlarmRule;
  /** What it is about: an id, a serial number, a name of a sink; empty for the whole practice. */
  readonly about: string;
  readonly raisedAt: string;
  /** The last act that joined it. */
  readonly lastAt: string;
  /** Entries of the log: the one that raised it, and the last that joined it. */
  readonly firstIndex: number;
  readonly lastIndex: number;
  /** How many acts it stands for. */
  readonly count: number;
  /** `open`: nobody has looked at it. `settled`: somebody said what it was. `incident`: it belongs to one. */
  readonly state: 'open' | 'settled' | 'incident';
  readonly incident: number | null;
  readonly settledBy: string | null;
  readonly settledAt: string | null;
  readonly note: string | null;
}

/** What somebody looks into. */
export interface IncidentRecord {
  readonly number: number;
  readonly title: string;
  readonly openedAt: string;
  readonly openedBy: string;
  /** When it was discovered (45 CFR 164.404(a)(2)): the time for notices runs from here. */
  readonly discoveredAt: string;
  /** People concerned; null while nobody knows. */
  readonly affected: number | null;
  readonly closedAt: string | null;
  readonly closedBy: string | null;
  readonly conclusion: string | null;
}

/** One thing that was collected: exactly one of the four is set. */
export interface IncidentItemRecord {
  readonly incident: number;
  /** From 1 on within the incident. */
  readonly number: number;
  readonly addedAt: string;
  readonly addedBy: string;
  readonly entry: number | null;
  readonly alarm: number | null;
  readonly certificateId: string | null;
  readonly note: string | null;
}

export interface IncidentReader {
  alarm(number: number): Promise<AlarmRecord | undefined>;
  /** Those nobody has looked at, newest first. */
  openAlarms(): Promise<readonly AlarmRecord[]>;
  /** Newest first. */
  alarms(limit: number): Promise<readonly AlarmRecord[]>;
  /** Of this rule and about the same, newest first. */
  alarmsAbout(rule: AlarmRule, about: string): Promise<readonly AlarmRecord[]>;
  find(number: number): Promise<IncidentRecord | undefined>;
  /** Newest first. */
  list(limit: number): Promise<readonly IncidentRecord[]>;
  /** In the order they were added. */
  items(incident: number): Promise<readonly IncidentItemRecord[]>;
}

export interface IncidentStore extends IncidentReader {
  /** Gives its number. */
  raise(alarm: Pick<AlarmRecord, 'rule' | 'about' | 'raisedAt' | 'firstIndex' | 'count'>): Promise<number>;
  /** More of the same. */
  grow(number: number, more: Pick<AlarmRecord, 'lastAt' | 'lastIndex' | 'count'>): Promise<void>;
  /** @throws AppError stale for one that is not open */
  settle(number: number, end: Pick<AlarmRecord, 'state' | 'incident' | 'settledBy' | 'settledAt' | 'note'>): Promise<void>;
  /** Gives its number. */
  open(incident: Pick<IncidentRecord, 'title' | 'openedAt' | 'openedBy' | 'discoveredAt' | 'affected'>): Promise<number>;
  add(item: Omit<IncidentItemRecord, 'number'>): Promise<void>;
  /** @throws AppError stale for one that is closed */
  setAffected(number: number, affected: number): Promise<void>;
  /** @throws AppError stale for one that is closed */
  close(number: number, end: Pick<IncidentRecord, 'closedAt' | 'closedBy' | 'conclusion'>): Promise<void>;
}
