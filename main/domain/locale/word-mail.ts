import type { MailWrite } from '../mail-client/mail-client.ts';
import type { MailFinding, MailFindingCode } from '../mail-client/mail-finding.ts';
import { fill } from './fill.ts';

/** The sentences of `resources/locales/<language>/mail.json` that the core words. */
export interface MailLocale {
  readonly findings: Readonly<Record<MailFindingCode, string>>;
  /** A test message: its subject, and its lines. */
  readonly test: { readonly subject: string; readonly lines: readonly string[] };
  readonly uses: Readonly<Record<'sign' | 'encrypt', string>>;
  readonly writes: Readonly<Record<MailWrite['kind'], { readonly one: string; readonly other: string }>>;
}

/** What a person reads about a profile that is not ready: what is, then what it means. */
export const wordMailFinding = ({ code, address, use, detail }: MailFinding, locale: MailLocale): string =>
  fill(locale.findings[code], { address: address ?? '', use: use === undefined ? '' : locale.uses[use], detail: detail ?? '' });

/** The words of a test message. */
export const wordTest = (
  { test }: MailLocale,
  values: { readonly practice: string; readonly name: string; readonly code: string; readonly day: string },
): { readonly subject: string; readonly text: string } => ({
  subject: fill(test.subject, values),
  text: test.lines.map((line) => `${fill(line, values)}\r\n`).join(''),
});

/** What would be written into a file. */
export const wordMailWrite = ({ kind, count }: MailWrite, locale: MailLocale): string =>
  fill(locale.writes[kind][count === 1 ? 'one' : 'other'], { count });
