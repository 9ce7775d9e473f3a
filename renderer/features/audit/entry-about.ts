import type { AuditEntryView } from '../../../main/contract/audit.ts';

/** What an entry leads to. */
export interface EntryAbout {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly certificates: readonly string[];
  readonly keys: readonly string[];
  /** A card’s serial number. */
  readonly token: string | undefined;
  readonly incident: number | undefined;
  /** Whether the page of what was revoked belongs to it. */
  readonly isRevocation: boolean;
}

/** More are not led to one by one: they are in the entry itself. */
const most = 4;

/** The people, certificates, keys, card and incident that an entry names. */
export function aboutOf({ action, subject, names, outcome }: Pick<AuditEntryView, 'action' | 'subject' | 'names' | 'outcome'>): EntryAbout {
  const people = idsIn(subject, 'person', 'people').flatMap((id) => (names[id] === undefined ? [] : [{ id, name: names[id] }]));
  const { token, incident } = subject;
  return {
    people: people.length === 1 ? people : [],
    certificates: few(idsIn(subject, 'certificate', 'certificates')),
    keys: few(idsIn(subject, 'key', 'keys')),
    token: typeof token === 'string' && token !== '' ? token : undefined,
    incident: typeof incident === 'number' ? incident : undefined,
    isRevocation: action === 'certificate.revoke' && outcome === 'success',
  };
}

const few = (ids: readonly string[]): readonly string[] => (ids.length > most ? [] : ids);

/** Numbers only count what there is. */
const idsIn = (subject: AuditEntryView['subject'], ...facts: readonly string[]): readonly string[] =>
  facts.flatMap((fact) => {
    const value = subject[fact];
    return typeof value === 'string' ? [value] : typeof value === 'object' ? [...value] : [];
  });
