import { codesOf, outcomeIndicators, type DicomCode } from './event-codes.ts';
import { detailsOf, objectsOf, type EventObject, type LoggedEvent, type ObjectKind } from './logged-event.ts';
import { visibleJson, visibleText } from './visible-text.ts';

const dicom = 'http://dicom.nema.org/resources/ontology/DCM';
const hl7 = (name: string): string => `http://terminology.hl7.org/CodeSystem/${name}`;
/** What names our own acts: an arbitrary UUID, because a name has to be a URI. */
const acts = 'urn:uuid:1b1c0c4e-6f6e-4c0a-9d0c-4b6579776172';

const coding = (system: string, code: string, display: string) => ({ system, code, display });
const dcm = ({ code, meaning }: DicomCode) => coding(dicom, code, meaning);

/** An AuditEvent of FHIR R4 as IHE Basic Audit Log Patterns (BALP) 1.1 wants it, in one line. */
export const fhirEvent = (event: LoggedEvent): string => visibleJson(auditEvent(event));

/** As an entry of a Bundle, under a name that follows from the leaf alone (a UUID of version 8, RFC 9562). */
export const fhirBundleEntry = (event: LoggedEvent): string =>
  visibleJson({ fullUrl: `urn:uuid:${uuidOf(event.leafHash)}`, resource: auditEvent(event) });

function uuidOf(hash: string): string {
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16);
  return [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `${variant}${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-');
}

function auditEvent(event: LoggedEvent) {
  const { entry } = event;
  const { event: kind, type, action } = codesOf(entry.action);
  const said = [entry.error, entry.reason].flatMap((text) => text ?? []).join(': ');
  return {
    resourceType: 'AuditEvent',
    type: dcm(kind),
    subtype: [...(type === undefined ? [] : [dcm(type)]), coding(acts, entry.action, entry.action)],
    action,
    recorded: entry.time,
    outcome: outcomeIndicators[entry.outcome],
    ...(said === '' ? {} : { outcomeDesc: visibleText(said) }),
    agent: agents(event),
    source: {
      observer: { identifier: { value: event.log }, display: `Keyward ${entry.origin.version}` },
      type: [coding(hl7('security-source-type'), '4', 'Application Server')],
    },
    entity: [logEntity(event), ...objectsOf(event).map((object) => objectEntity(event.log, object))],
  };
}

/** Who asked, and the program that did it. What the program does by itself it asked for itself. */
function agents({ log, entry, operatorName }: LoggedEvent) {
  const { operator, origin } = entry;
  const network = origin.machine.trim() === '' ? {} : { network: { address: visibleText(origin.machine.trim()), type: '1' } };
  const program = {
    type: { coding: [coding(dicom, '110150', 'Application')] },
    who: { identifier: { value: `${log}/${origin.host}` }, display: `Keyward ${origin.version}` },
    requestor: operator === undefined,
    ...network,
  };
  if (operator === undefined) return [program];
  const name = operatorName === null || operatorName.trim() === '' ? {} : { name: visibleText(operatorName.trim()) };
  const person = {
    type: { coding: [coding(hl7('v3-ParticipationType'), 'IRCP', 'information recipient')] },
    who: { identifier: { system: `urn:${log.replace('/', ':')}`, value: operator } },
    ...name,
    requestor: true,
    ...network,
  };
  return [person, program];
}

/** The entry itself: what is told here can be proven there. A fact without a value says nothing, and FHIR has no empty strings. */
function logEntity(event: LoggedEvent) {
  const facts = [{ name: 'leafHash', value: event.leafHash }, ...detailsOf(event)].filter(({ value }) => value.trim() !== '');
  return {
    what: { identifier: { system: `urn:${event.log.replace('/', ':')}`, value: String(event.index) } },
    type: coding(hl7('audit-entity-type'), '2', 'System Object'),
    role: coding(hl7('object-role'), '13', 'Security Resource'),
    name: 'Security Audit Log',
    detail: facts.map(({ name, value }) => ({ type: name, valueString: visibleText(value) })),
  };
}

const isPerson = (kind: ObjectKind): boolean => kind === 'person' || kind === 'operator';

function objectEntity(log: string, { kind, id, sha256 }: EventObject) {
  const what = {
    identifier:
      sha256 === undefined
        ? { system: `urn:${log.replace('/', ':')}`, value: visibleText(id) }
        : { system: 'urn:ietf:rfc:6920', value: `sha-256:${sha256}` },
  };
  const [role, meaning] =
    kind === 'person' ? ['6', 'User'] : kind === 'operator' ? ['11', 'Security User Entity'] : ['13', 'Security Resource'];
  return {
    what,
    type: isPerson(kind) ? coding(hl7('audit-entity-type'), '1', 'Person') : coding(hl7('audit-entity-type'), '2', 'System Object'),
    role: coding(hl7('object-role'), role ?? '', meaning ?? ''),
    name: visibleText(`${kind} ${id}`),
  };
}
