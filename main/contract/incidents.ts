import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import type { KeyUsagePurpose } from '../domain/key/usage.ts';
import type { KeyStoreKind } from '../domain/key/store.ts';
import type { AlarmRule } from '../domain/watch/alarm-rule.ts';
import type { BreachDates } from '../domain/watch/breach-dates.ts';
import { isTimeZone, type WatchPolicy } from '../domain/watch/policy.ts';
import type { AuditEntryView } from './audit.ts';
import { command, query } from './call.ts';
import { id } from './paging.ts';
import type { FileContent } from './secret.ts';

/** Something that the rules over the log found. */
export interface AlarmView {
  readonly number: number;
  readonly rule: AlarmRule;
  /** What it is about, by its name where it has one; null for the whole practice. */
  readonly about: string | null;
  readonly raisedAt: string;
  readonly lastAt: string;
  /** The entry of the log that raised it, and the last that joined it. */
  readonly firstIndex: number;
  readonly lastIndex: number;
  /** Acts it stands for. */
  readonly count: number;
  readonly state: 'open' | 'settled' | 'incident';
  readonly incident: number | null;
  /** Who settled it, when, and what they said it was. */
  readonly settled: { readonly by: string; readonly at: string; readonly note: string } | null;
}

export interface IncidentSummary {
  readonly number: number;
  readonly title: string;
  readonly state: 'open' | 'closed';
  readonly openedAt: string;
  readonly openedBy: string;
  readonly discoveredAt: string;
  /** People concerned; null while nobody knows. */
  readonly affected: number | null;
  /** By when whom has to be told, if it is a breach. */
  readonly notice: BreachDates;
  readonly closed: { readonly by: string; readonly at: string; readonly conclusion: string } | null;
}

/** One line of an incident's timeline. */
export interface IncidentEvent {
  /** When it happened; of a note, when it was written. */
  readonly at: string;
  readonly addedAt: string;
  readonly addedBy: string;
  readonly entry: AuditEntryView | null;
  readonly alarm: AlarmView | null;
  readonly note: string | null;
  readonly certificate: string | null;
}

/** A key that an incident is about, and what it could open. */
export interface KeyConcerned {
  readonly certificate: string;
  readonly serialNumber: string;
  readonly person: string | null;
  readonly name: string | null;
  readonly emails: readonly string[];
  readonly purpose: KeyUsagePurpose;
  readonly store: KeyStoreKind;
  readonly token: string | null;
  /** Since when it was in use, and until when: its end, or its revocation. */
  readonly since: string;
  readonly until: string;
  readonly revoked: { readonly at: string; readonly reason: string } | null;
}

export interface IncidentView extends IncidentSummary {
  readonly timeline: readonly IncidentEvent[];
  readonly keys: readonly KeyConcerned[];
}

const number = z.int().min(1);
const said = z.string().trim().min(3).max(4000);
const often = z.strictObject({ count: z.int().min(2).max(1000), minutes: z.int().min(1).max(1440) });
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const officeHours = z
  .strictObject({
    days: z.array(z.int().min(1).max(7)).min(1).max(7).readonly(),
    from: clock,
    to: clock,
    zone: z.string().min(1).max(64).refine(isTimeZone),
  })
  .refine(({ from, to }) => from < to)
  .nullable();

/** What is collected: exactly one of them. */
const evidence = {
  alarm: number.optional(),
  entry: z.int().min(0).optional(),
  certificate: id.optional(),
};

/** What the rules over the log found, and what somebody looks into. Words that people write are not in the log, but their digest is. */
export const incidents = {
  list: query<{ readonly alarms: readonly AlarmView[]; readonly incidents: readonly IncidentSummary[] }>()({
    access: whoMay('incidents.list'),
    input: z.strictObject({}),
  }),

  show: query<IncidentView>()({ access: whoMay('incidents.show'), input: z.strictObject({ incident: number }) }),

  /** `discoveredAt` is when it was discovered; without it, when its alarm was raised, or now. */
  open: command<{ readonly incident: number }>()({
    access: whoMay('incidents.open'),
    input: z.strictObject({
      title: z.string().trim().min(3).max(200),
      discoveredAt: z.iso.datetime().optional(),
      affected: z.int().min(0).max(100_000_000).optional(),
      ...evidence,
    }),
    audit: 'incident.open',
    subject: ({ alarm, entry, certificate }) => evidenceOf({ alarm, entry, certificate }),
  }),

  add: command<null>()({
    access: whoMay('incidents.add'),
    input: z.strictObject({ incident: number, ...evidence }),
    audit: 'incident.add',
    subject: ({ incident, ...named }) => ({ incident, ...evidenceOf(named) }),
  }),

  /** What somebody found out or did, and how many people are concerned as far as is known. */
  note: command<null>()({
    access: whoMay('incidents.note'),
    input: z.strictObject({ incident: number, text: said, affected: z.int().min(0).max(100_000_000).optional() }),
    audit: 'incident.note',
    subject: ({ incident, affected }) => ({ incident, ...(affected === undefined ? {} : { affected }) }),
  }),

  close: command<null>()({
    access: whoMay('incidents.close'),
    input: z.strictObject({ incident: number, conclusion: said }),
    audit: 'incident.close',
    subject: ({ incident }) => ({ incident }),
  }),

  /** The record that a breach assessment needs (45 CFR 164.404 to 164.408), as a page to print. */
  print: query<{ readonly file: FileContent }>()({
    access: whoMay('incidents.print'),
    input: z.strictObject({ incident: number }),
    audit: 'incident.print',
    subject: ({ incident }) => ({ incident }),
  }),

  /** Somebody has looked at an alarm, and it is no incident. */
  settle: command<null>()({
    access: whoMay('incidents.settle'),
    input: z.strictObject({ alarm: number, note: said }),
    audit: 'incident.settle',
    subject: ({ alarm }) => ({ alarm }),
  }),

  policy: query<WatchPolicy>()({ access: whoMay('incidents.policy'), input: z.strictObject({}) }),

  /** What is left out stays as it is. */
  setPolicy: command<WatchPolicy>()({
    access: whoMay('incidents.setPolicy'),
    input: z.strictObject({
      failedSignIns: often.optional(),
      bulkExports: often.optional(),
      bulkRevocations: often.optional(),
      officeHours: officeHours.optional(),
      reviewDays: z.int().min(1).max(365).optional(),
      retentionYears: z.int().min(1).max(100).optional(),
    }),
    audit: 'audit.watch',
    subject: () => ({}),
  }),
};

type Evidence = { readonly [K in keyof typeof evidence]?: string | number | undefined };

const evidenceOf = ({ alarm, entry, certificate }: Evidence) => ({
  ...(alarm === undefined ? {} : { alarm }),
  ...(entry === undefined ? {} : { entry }),
  ...(certificate === undefined ? {} : { certificate }),
});
