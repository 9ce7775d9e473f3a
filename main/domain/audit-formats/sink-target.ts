import type { SyslogContent } from './rfc5424.ts';

/** How a peer shows who it is, and how we do, where it asks. */
export interface SinkTrust {
  /** Certificates in PEM that its own must lead to; null: those that this computer trusts. */
  readonly trust: string | null;
  /** Files on this computer in PEM, both or none: what we show, and its key, which stays where it is. */
  readonly certificate: string | null;
  readonly key: string | null;
}

/** Where entries of the log are handed over, each once and in order. */
export type SinkTarget =
  | ({ readonly kind: 'syslog-tls'; readonly host: string; readonly port: number; readonly content: SyslogContent } & SinkTrust)
  | { readonly kind: 'syslog-udp'; readonly host: string; readonly port: number; readonly content: SyslogContent }
  | ({ readonly kind: 'fhir'; readonly url: string } & SinkTrust)
  | { readonly kind: 'file'; readonly path: string; readonly format: 'jsonl' | 'csv' | 'cef' };

/** In one line, for people. */
export function placeOf(target: SinkTarget): string {
  switch (target.kind) {
    case 'file':
      return target.path;
    case 'fhir':
      return target.url;
    case 'syslog-tls':
    case 'syslog-udp':
      return `${target.host}:${target.port}`;
  }
}
