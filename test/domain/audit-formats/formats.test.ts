import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from '@medplum/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { auditActions } from '../../../main/domain/audit/action.ts';
import { auditOutcomes, type AuditEntry } from '../../../main/domain/audit/entry.ts';
import { atnaMessage } from '../../../main/domain/audit-formats/atna.ts';
import { codesOf } from '../../../main/domain/audit-formats/event-codes.ts';
import { eventFiles, eventFormats } from '../../../main/domain/audit-formats/event-files.ts';
import { fhirEvent } from '../../../main/domain/audit-formats/fhir.ts';
import type { LoggedEvent } from '../../../main/domain/audit-formats/logged-event.ts';
import { syslogMessage } from '../../../main/domain/audit-formats/rfc5424.ts';

const [certificate, person, operator] = ['0000-7000-8000-000000000001', '0000-7000-8000-000000000002', '0000-7000-8000-000000000003'].map(
  (end) => `018f0000-${end}`,
) as [string, string, string];
const sha256 = 'c0'.repeat(32);

/** Turns the line around, ends it, opens a tag, a quote, a field and a formula, and hides. */
const hostile =
  '=cmd|\' /C calc\'!A0 \u202Egnp.exe\u2066 <b a="1">&amp;\r\nsecond\u2028line\u0000\u0085\u200B ]]> \\ " | = , ; \u{E0041} \uFEFF';

/** Stands for the hash of an entry; none is like another. */
const hashOf = (index: number): string => index.toString(16).padStart(32, '0').repeat(2);

function eventOf(change: Partial<AuditEntry> = {}, index = 7, operatorName: string | null = 'Dr. Åsa Öhman'): LoggedEvent {
  const entry: AuditEntry = {
    version: 1,
    time: '2026-11-23T09:21:04.123Z',
    operator,
    action: 'certificate.revoke',
    subject: { certificates: [certificate], people: [person], reason: 'keyCompromise', revoked: 1 },
    outcome: 'success',
    origin: { host: 'window', machine: 'office-pc-3', version: '0.1.0' },
    ...change,
  };
  return { log: 'keyward/018f', index, entry, leafHash: hashOf(index), operatorName, digests: new Map([[certificate, sha256]]) };
}

const evil = eventOf(
  {
    subject: { name: hostile, file: hostile, token: hostile, certificates: [certificate], none: '' },
    outcome: 'failed',
    error: 'store.full',
    reason: hostile,
    origin: { host: 'core', machine: hostile, version: '0.1.0' },
  },
  8,
  hostile,
);
const bare = eventOf(
  { subject: {}, origin: { host: 'core', machine: '', version: '0.1.0' }, outcome: 'refused', error: 'session.locked' },
  9,
);
const { operator: _, ...unsaid } = bare.entry;
const nobody = { ...bare, index: 10, leafHash: hashOf(10), entry: unsaid, operatorName: null };
/** Every act, however it ended; then what is unusual. */
const events: readonly LoggedEvent[] = [
  ...auditActions.flatMap((action, at) => auditOutcomes.map((outcome, which) => eventOf({ action, outcome }, 100 + 3 * at + which))),
  evil,
  bare,
  nobody,
  eventOf({ subject: { keys: [], people: [], list: 'x', count: -1, overridden: ['a', 'b'] } }),
];

/** What a FHIR platform answers; its types come in a package of their own. */
interface Outcome {
  readonly issue: readonly { readonly details: { readonly text: string } }[];
}

const vector = (name: string) => fileURLToPath(new URL(`../../vectors/${name}`, import.meta.url));

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'keyward-formats-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

function run(
  command: string,
  args: readonly string[],
  input = '',
): { readonly status: number | null; readonly stdout: string; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', input, maxBuffer: 1 << 26 });
  return { status, stdout, said: `${stdout}${stderr}` };
}

const fileOf = (format: (typeof eventFormats)[number], all = events): string => {
  const { head, between, tail, item } = eventFiles[format];
  return `${head}${all.map(item).join(between)}${tail}`;
};

describe('an audit message of DICOM', () => {
  const judged = (messages: readonly string[]) => {
    const place = folder();
    const files = messages.map((message, at) => (writeFileSync(join(place, `${at}.xml`), message), join(place, `${at}.xml`)));
    return run('xmllint', ['--nonet', '--noout', '--relaxng', vector('dicom/audit-message.rng'), ...files]);
  };

  it('keeps to the schema of PS3.15 A.5 for every act, whatever was written into it, and xmllint sees where one does not', () => {
    const said = judged(events.map(atnaMessage));
    expect([said.status, said.said.split('\n').filter((line) => !/^[^ ]+ validates$|^$/.test(line))]).toEqual([0, []]);
    const wrong = [
      atnaMessage(evil).replace('EventOutcomeIndicator="8"', 'EventOutcomeIndicator="9"'),
      atnaMessage(evil).replace('<ParticipantObjectName>Security Audit Log</ParticipantObjectName>', ''),
      atnaMessage(evil).replaceAll(/<ActiveParticipant .*<\/ActiveParticipant>/g, ''),
    ];
    for (const message of wrong) expect(judged([message]).status).toBe(3);
  });

  it('tells who asked, about what, by its SHA-256, and how it ended; a program alone asked for itself', () => {
    const message = atnaMessage(eventOf());
    for (const part of [
      '<EventID csd-code="110113" codeSystemName="DCM" originalText="Security Alert"/>',
      '<EventTypeCode csd-code="110137" codeSystemName="DCM"',
      'EventDateTime="2026-11-23T09:21:04.123Z" EventOutcomeIndicator="0"',
      `<ActiveParticipant UserID="${operator}" UserName="Dr. Åsa Öhman" UserIsRequestor="true" NetworkAccessPointID="office-pc-3"`,
      `ParticipantObjectID="${sha256}"`,
      `ParticipantObjectID="${person}" ParticipantObjectTypeCode="1"`,
      '<AuditSourceIdentification AuditSourceID="keyward/018f">',
    ])
      expect(message).toContain(part);
    expect(atnaMessage(nobody)).toContain('UserIsRequestor="true"');
    expect(atnaMessage(nobody)).not.toContain('UserName');
  });

  it.each([
    ['session.sign-in', '110114', '110122'],
    ['session.lock', '110114', '110123'],
    ['key.export', '110113', '110132'],
    ['operator.role', '110113', '110136'],
    ['certificate.renew', '110113', '110137'],
    ['profile.edit', '110113', '110129'],
    ['audit.read', '110101', undefined],
  ] as const)('calls %s what an audit repository knows', (action, event, type) => {
    const codes = codesOf(action);
    expect([codes.event.code, codes.type?.code]).toEqual([event, type]);
  });
});

describe('an AuditEvent of FHIR', () => {
  /** Also what BALP asks beyond the schema: one who asked, each agent named, no empty string, a name or a query of an entity. */
  const judge = `
import json, sys
from jsonschema import Draft6Validator
schema = json.load(open(sys.argv[1]))
bundle = json.load(sys.stdin)
judge = Draft6Validator({**schema, "$ref": "#/definitions/Bundle"})
faults = [list(map(str, e.absolute_path)) for e in judge.iter_errors(bundle)]
def empty(value):
    return value in ("", [], {}) or any(map(empty, value.values() if isinstance(value, dict) else value if isinstance(value, list) else []))
for entry in bundle["entry"]:
    event = entry["resource"]
    if empty(event): faults.append("empty")
    if sum(agent["requestor"] for agent in event["agent"]) != 1: faults.append("requestor")
    if not all("who" in agent for agent in event["agent"]): faults.append("who")
    if not all(entity["name"] and "query" not in entity for entity in event["entity"]): faults.append("entity")
if len({entry["fullUrl"] for entry in bundle["entry"]}) != len(bundle["entry"]): faults.append("fullUrl")
print(json.dumps(faults))`;
  const faults = (text: string): unknown => JSON.parse(run('python3', ['-c', judge, vector('fhir/audit-event.schema.json')], text).stdout);

  it('keeps to the JSON schema of R4 and to BALP for every act, and the judge sees where one does not', () => {
    expect(faults(fileOf('fhir'))).toEqual([]);
    const bundle = fileOf('fhir', events.slice(0, 3));
    expect(faults(bundle)).toEqual([]);
    expect(faults(bundle.replace('"action":"E"', '"action":"X"'))).not.toEqual([]);
    expect(faults(bundle.replace('"requestor":true', '"requestor":false'))).toEqual(['requestor']);
    expect(faults(bundle.replace('"recorded"', '"recordedAt"'))).not.toEqual([]);
    expect(faults(fileOf('fhir', []))).toEqual([]);
  });

  it('is what the definition of the resource wants, its invariants included, by the judgement of a FHIR platform', () => {
    const definitions = JSON.parse(readFileSync(vector('fhir/structure-definitions.json'), 'utf8')) as { readonly resourceType: 'Bundle' };
    indexStructureDefinitionBundle(definitions as Parameters<typeof indexStructureDefinitionBundle>[0]);
    const judged = (text: string): unknown => {
      try {
        return validateResource(JSON.parse(text));
      } catch (error) {
        return error instanceof OperationOutcomeError ? (error.outcome as Outcome).issue.map(({ details }) => details.text) : error;
      }
    };
    expect(judged(fileOf('fhir'))).toEqual([]);
    for (const event of events) expect(judged(fhirEvent(event))).toEqual([]);
    const text = fhirEvent(evil);
    expect(judged(text.replace('"requestor":true', '"requestor":"yes"'))).toEqual([expect.stringContaining('expected boolean')]);
    expect(judged(text.replace('"source"', '"origin"'))).toContain('Missing required property');
    expect(judged(text.replace('"name":"Security Audit Log"', '"name":"Log","query":"AAAA"'))).toEqual([
      expect.stringContaining('sev-1 not met'),
    ]);
  });
});

describe('lines', () => {
  it('are as many as events in every format, but for what stands around them, and nothing in them is invisible', () => {
    for (const format of eventFormats) {
      // The mark that says UTF-8 in a syslog message is no text of an event.
      const body = fileOf(format).replaceAll(' \u{FEFF}', ' ');
      const more = { csv: 1, fhir: 2 }[String(format)] ?? 0;
      expect([format, /[^\P{C}\r\n]|[\u2028\u2029]/u.test(body), body.trimEnd().split('\n').length]).toEqual([
        format,
        false,
        events.length + more,
      ]);
    }
  });

  it('of JSON read as the entry that is in the log', () => {
    const [line = ''] = fileOf('jsonl', [evil]).split('\n');
    const read = JSON.parse(line) as { reason: string; subject: unknown; index: number; operatorName: string; objects: unknown };
    expect(read).toMatchObject({
      index: 8,
      action: 'certificate.revoke',
      outcome: 'failed',
      error: 'store.full',
      operatorName: hostile,
    });
    expect(read.reason).toBe(hostile);
    expect(read.objects).toContainEqual({ kind: 'certificate', id: certificate, sha256 });
  });

  it('of CSV have every cell, and none that a spreadsheet computes', () => {
    const script = 'import csv,json,sys; print(json.dumps(list(csv.DictReader(sys.stdin))))';
    const rows = JSON.parse(run('python3', ['-c', script], fileOf('csv')).stdout) as Record<string, string>[];
    expect(rows).toHaveLength(events.length);
    const row = rows[events.indexOf(evil)];
    expect(row).toMatchObject({ index: '8', action: 'certificate.revoke', leaf_hash: hashOf(8) });
    expect(row?.['reason']).toMatch(/^'=cmd\|' .*\\u202egnp\.exe/);
    expect(row?.['operator_name']).toMatch(/^'=cmd/);
    for (const cells of rows) for (const text of Object.values(cells)) expect(text).not.toMatch(/^\s*[=+\-@|%]/);
  });

  it('of CEF have seven fields before the extension, and values that end where they should', () => {
    const line = eventFiles.cef.item(evil).trimEnd();
    const [head = '', ...rest] = line.split(/(?<!\\)\|/);
    expect([head, ...rest.slice(0, 6)]).toEqual([
      'CEF:0',
      'Keyward',
      'Keyward',
      '0.1.0',
      'certificate.revoke',
      'User Security Attributes Changed',
      '8',
    ]);
    const extension = rest.slice(6).join('|');
    const names = [...extension.matchAll(/(?:^| )([A-Za-z0-9]+)(?<!\\)=/g)].map(([, name]) => name);
    expect(names).toEqual([
      'rt',
      'externalId',
      'act',
      'outcome',
      'suid',
      'suser',
      'shost',
      'sproc',
      'reason',
      'msg',
      'cs1Label',
      'cs1',
      'cs2Label',
      'cs2',
      'cs3Label',
      'cs3',
      'cs4Label',
      'cs4',
    ]);
  });
});

describe('a syslog message', () => {
  const form =
    /^<(\d{1,3})>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [!-~]{1,255} keyward - [!-~]{1,32} \[meta sequenceId="\d+"\]\[origin software="Keyward" swVersion="[!-~]+"\] \u{FEFF}(.+)$/u;

  it('has the form of RFC 5424 for every act, whatever is in it', () => {
    for (const event of events) for (const content of ['json', 'atna', 'cef'] as const) expect(syslogMessage(event, content)).toMatch(form);
  });

  it('is of facility 10 and as severe as what happened', () => {
    const priorities = auditOutcomes.map((outcome) => form.exec(syslogMessage(eventOf({ outcome }), 'json'))?.[1]);
    expect(priorities).toEqual(['85', '84', '83']);
    expect(syslogMessage(eventOf(), 'atna')).toContain(' keyward - IHE+RFC-3881 [meta sequenceId="8"]');
    expect(syslogMessage(eventOf({}, 2_147_483_647), 'json')).toContain('sequenceId="1"');
  });
});
