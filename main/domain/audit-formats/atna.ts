import { base64Encode } from '../encoding/base64.ts';
import { utf8Encode } from '../encoding/utf8.ts';
import { escapeXml } from '../encoding/xml.ts';
import { codesOf, outcomeIndicators, type DicomCode } from './event-codes.ts';
import { detailsOf, objectsOf, type EventDetail, type EventObject, type LoggedEvent, type ObjectKind } from './logged-event.ts';
import { visibleText } from './visible-text.ts';

const xml = (text: string): string => escapeXml(visibleText(text));

type Attributes = Readonly<Record<string, string | undefined>>;

function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${xml(value)}"`]));
  const start = `${name}${written.join('')}`;
  return content === '' ? `<${start}/>` : `<${start}>${content}</${name}>`;
}

const coded = (name: string, { code, meaning }: DicomCode, system = 'DCM'): string =>
  element(name, { 'csd-code': code, codeSystemName: system, originalText: meaning });

/** An audit message as DICOM PS3.15 section A.5 has it, for IHE ATNA (ITI-20), in one line. */
export function atnaMessage(event: LoggedEvent): string {
  const parts = [identification(event), ...participants(event), source(event), logObject(event), ...objectsOf(event).map(objectElement)];
  return `<?xml version="1.0" encoding="UTF-8"?><AuditMessage>${parts.join('')}</AuditMessage>`;
}

function identification({ entry }: LoggedEvent): string {
  const { event, type, action } = codesOf(entry.action);
  const types = type === undefined ? [] : [coded('EventTypeCode', type)];
  const ours = coded('EventTypeCode', { code: entry.action, meaning: entry.action }, 'Keyward');
  const said = [entry.error, entry.reason].flatMap((text) => text ?? []).join(': ');
  const outcome = said === '' ? '' : `<EventOutcomeDescription>${xml(said)}</EventOutcomeDescription>`;
  return element(
    'EventIdentification',
    { EventActionCode: action, EventDateTime: entry.time, EventOutcomeIndicator: outcomeIndicators[entry.outcome] },
    [coded('EventID', event), ...types, ours, outcome].join(''),
  );
}

/** Who asked, and the program that did it. What the program does by itself it asked for itself. */
function participants({ entry, operatorName }: LoggedEvent): readonly string[] {
  const { operator, origin } = entry;
  const access = { NetworkAccessPointID: origin.machine, NetworkAccessPointTypeCode: '1' };
  const isAsked = operator !== undefined;
  const program = element(
    'ActiveParticipant',
    { UserID: `Keyward ${origin.version}`, AlternativeUserID: origin.host, UserIsRequestor: String(!isAsked), ...access },
    coded('RoleIDCode', { code: '110150', meaning: 'Application' }),
  );
  if (!isAsked) return [program];
  return [
    element('ActiveParticipant', { UserID: operator, UserName: operatorName ?? undefined, UserIsRequestor: 'true', ...access }),
    program,
  ];
}

const source = ({ log }: LoggedEvent): string =>
  element('AuditSourceIdentification', { AuditSourceID: log }, element('AuditSourceTypeCode', { 'csd-code': '4' }));

/** The entry itself: what is told here can be proven there. */
function logObject(event: LoggedEvent): string {
  const details: readonly EventDetail[] = [{ name: 'leafHash', value: event.leafHash }, ...detailsOf(event)];
  return element(
    'ParticipantObjectIdentification',
    { ParticipantObjectID: `${event.log}/${event.index}`, ParticipantObjectTypeCode: '2', ParticipantObjectTypeCodeRole: '13' },
    [
      coded('ParticipantObjectIDTypeCode', { code: '12', meaning: 'URI' }, 'RFC-3881'),
      '<ParticipantObjectName>Security Audit Log</ParticipantObjectName>',
      ...details.map(({ name, value }) => element('ParticipantObjectDetail', { type: name, value: base64Encode(utf8Encode(value)) })),
    ].join(''),
  );
}

/** Object type and role of PS3.15 A.5.1.2: who is a user, what is a resource, what is a job. */
const roles: Readonly<Record<ObjectKind, readonly [type: string, role: string]>> = {
  person: ['1', '6'],
  operator: ['1', '11'],
  certificate: ['2', '13'],
  key: ['2', '13'],
  authority: ['2', '13'],
  token: ['2', '13'],
  record: ['2', '13'],
};

function objectElement({ kind, id, sha256 }: EventObject): string {
  const [type, role] = roles[kind];
  const identifier: readonly [DicomCode, string] =
    kind === 'person' || kind === 'operator'
      ? [{ code: '11', meaning: 'User Identifier' }, 'RFC-3881']
      : [{ code: sha256 === undefined ? kind : `${kind}-sha256`, meaning: kind }, 'Keyward'];
  return element(
    'ParticipantObjectIdentification',
    { ParticipantObjectID: sha256 ?? id, ParticipantObjectTypeCode: type, ParticipantObjectTypeCodeRole: role },
    `${coded('ParticipantObjectIDTypeCode', ...identifier)}<ParticipantObjectName>${xml(`${kind} ${id}`)}</ParticipantObjectName>`,
  );
}
