import type { FileContent } from '../../../main/contract/client.ts';
import type { InputFor } from '../../api.ts';

export const sinkKinds = ['syslog-tls', 'syslog-udp', 'fhir', 'file'] as const;
export type SinkKind = (typeof sinkKinds)[number];

export const messageFormats = ['json', 'atna', 'cef'] as const;
export const fileFormats = ['jsonl', 'csv', 'cef'] as const;

/** A system to be added, as it is being typed. */
export interface SinkDraft {
  readonly name: string;
  readonly kind: SinkKind;
  readonly host: string;
  readonly port: string;
  readonly url: string;
  readonly folder: string | undefined;
  readonly content: (typeof messageFormats)[number];
  readonly format: (typeof fileFormats)[number];
  readonly authority: FileContent | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly fromStart: boolean;
}

export const emptyDraft: SinkDraft = {
  name: '',
  kind: 'syslog-tls',
  host: '',
  port: '6514',
  url: 'https://',
  folder: undefined,
  content: 'json',
  format: 'jsonl',
  authority: undefined,
  certificate: undefined,
  key: undefined,
  fromStart: false,
};

/** What is asked of the core; undefined while something is missing. What does not fit it says. */
export function orderOf(draft: SinkDraft): InputFor<'sinks.add'> | undefined {
  const target = targetOf(draft);
  const name = draft.name.trim();
  return target === undefined || name === '' ? undefined : { name, target, fromStart: draft.fromStart };
}

function targetOf({ kind, host, port, url, folder, content, format, ...draft }: SinkDraft): InputFor<'sinks.add'>['target'] | undefined {
  const trust = {
    trust: draft.authority === undefined ? null : new TextDecoder().decode(draft.authority.bytes),
    certificate: draft.certificate ?? null,
    key: draft.key ?? null,
  };
  switch (kind) {
    case 'file':
      return folder === undefined ? undefined : { kind, path: fileIn(folder, `keyward-log.${format}`), format };
    case 'fhir':
      return url.trim().length <= 'https://'.length ? undefined : { kind, url: url.trim(), ...trust };
    case 'syslog-udp':
    case 'syslog-tls': {
      if (host.trim() === '' || !/^\d{1,5}$/.test(port)) return undefined;
      const address = { host: host.trim(), port: Number(port), content };
      return kind === 'syslog-udp' ? { kind, ...address } : { kind, ...address, ...trust };
    }
  }
}

/** The path of a file in a folder, as the folder's own path is written. */
export const fileIn = (folder: string, name: string): string => `${folder}${folder.includes('\\') ? '\\' : '/'}${name}`;
