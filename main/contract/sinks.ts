import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import type { SinkTarget } from '../domain/audit-formats/sink-target.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { command, push, query } from './call.ts';

/** Where entries of the log are handed over, and how far that is. */
export interface SinkView {
  readonly name: string;
  readonly kind: SinkTarget['kind'];
  /** What it is given: the content of syslog messages, or the format of a file. */
  readonly format: string;
  /** Host and port, address or file, for people. */
  readonly place: string;
  /** Whether the peer must show a certificate of authorities that were given with it; else those count that this computer trusts. */
  readonly hasOwnTrust: boolean;
  /** The first entry that it has not taken. */
  readonly next: number;
  /** Entries that wait for it. */
  readonly waiting: number;
  readonly deliveredAt: string | null;
  /** Since when it has not worked, and why; null while it does. */
  readonly failure: { readonly since: string; readonly error: ErrorCode; readonly tries: number; readonly nextTry: string } | null;
}

export interface SinkDelivery {
  readonly name: string;
  readonly delivered: number;
  readonly waiting: number;
  readonly error: ErrorCode | null;
}

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/);
const host = z.string().regex(/^[A-Za-z0-9_:][A-Za-z0-9._:-]{0,252}$/);
const port = z.int().min(1).max(65_535);
const content = z.enum(['json', 'atna', 'cef']).default('json');
/** Absolute, on this computer. */
const path = z
  .string()
  .max(4096)
  .regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/);
const trust = {
  trust: z
    .string()
    .max(262_144)
    .regex(/-----BEGIN CERTIFICATE-----/)
    .nullable()
    .default(null),
  certificate: path.nullable().default(null),
  key: path.nullable().default(null),
};

const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('syslog-tls'), host, port, content, ...trust }),
  z.strictObject({ kind: z.literal('syslog-udp'), host, port, content }),
  z.strictObject({
    kind: z.literal('fhir'),
    url: z
      .string()
      .max(2000)
      .regex(/^https:\/\/[A-Za-z0-9.:[\]-]+(\/[A-Za-z0-9._~/-]*)?$/),
    ...trust,
  }),
  z.strictObject({ kind: z.literal('file'), path, format: z.enum(['jsonl', 'csv', 'cef']).default('jsonl') }),
]);

/** Other systems that get the entries of the log, each once and in order. The log is the queue: what a peer missed it gets later. */
export const sinks = {
  list: query<{ readonly sinks: readonly SinkView[] }>()({ access: whoMay('sinks.list'), input: z.strictObject({}) }),

  /** Hands over what is entered from now on, or all there is. */
  add: command<SinkView>()({
    access: whoMay('sinks.add'),
    input: z.strictObject({ name, target, fromStart: z.boolean().default(false) }),
    audit: 'audit.sink-add',
    subject: ({ name: sink, target: { kind }, fromStart }) => ({ sink, kind, fromStart }),
  }),

  /** What it has taken it keeps. */
  remove: command<null>()({
    access: whoMay('sinks.remove'),
    input: z.strictObject({ name }),
    audit: 'audit.sink-remove',
    subject: ({ name: sink }) => ({ sink }),
  }),

  /** Whether the peer is there and is who it should be. Nothing is handed over. */
  test: command<null>()({
    access: whoMay('sinks.test'),
    input: z.strictObject({ name }),
    audit: 'audit.sink-test',
    subject: ({ name: sink }) => ({ sink }),
  }),

  /** Hands over now what waits, to one or to all; what fails is an answer. While the window is open that happens by itself. */
  deliver: command<{ readonly sinks: readonly SinkDelivery[] }>()({
    access: whoMay('sinks.deliver'),
    input: z.strictObject({ name: name.optional() }),
    audit: 'audit.deliver',
    subject: ({ name: sink }) => (sink === undefined ? {} : { sink }),
  }),

  changed: push<Record<string, never>>(),
};
