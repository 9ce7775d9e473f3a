import type { AuditOutcome } from '../audit/entry.ts';
import { atnaMessage } from './atna.ts';
import { cefLine } from './cef.ts';
import { jsonLine } from './json-lines.ts';
import type { LoggedEvent } from './logged-event.ts';

/** What stands in a message behind its header. */
export type SyslogContent = 'json' | 'atna' | 'cef';

/** Facility 10, security and authorization; severities of RFC 5424 section 6.2.1. */
const facility = 10;
const severities: Readonly<Record<AuditOutcome, number>> = { success: 5, refused: 4, failed: 3 };

const contents: Readonly<Record<SyslogContent, (event: LoggedEvent) => string>> = { json: jsonLine, atna: atnaMessage, cef: cefLine };

/** A header's field: what is printable in ASCII, no longer than it may be. */
const field = (text: string, most: number): string => text.replace(/[^!-~]/g, '_').slice(0, most) || '-';

/** RFC 5424 section 7.3.1: counts from 1, and begins again. */
const sequence = (index: number): number => (index % 2_147_483_647) + 1;

/**
 * A message of RFC 5424 in one line, as UTF-8 with the mark before it that says so. Audit messages are named as IHE ATNA wants (ITI-20),
 * others by their act.
 */
export function syslogMessage(event: LoggedEvent, content: SyslogContent): string {
  const { time, outcome, origin, action } = event.entry;
  const messageId = content === 'atna' ? 'IHE+RFC-3881' : field(action, 32);
  const header = `<${facility * 8 + severities[outcome]}>1 ${time} ${field(origin.machine, 255)} keyward - ${messageId}`;
  const data = `[meta sequenceId="${sequence(event.index)}"][origin software="Keyward" swVersion="${field(origin.version, 32).replace(/["\\\]]/g, '_')}"]`;
  return `${header} ${data} \u{FEFF}${contents[content](event)}`;
}
