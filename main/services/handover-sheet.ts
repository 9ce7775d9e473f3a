import type { HandoverPage, HandoverPages, HandoverWords } from '../domain/locale/handover-words.ts';
import { usualLanguage, type Language } from '../domain/locale/languages.ts';
import { guideFor, type HandoverClient } from '../domain/mail-client/handover-guide.ts';
import { fill } from '../domain/locale/fill.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import { handoverSteps, stepStyle } from './handover-steps.ts';
import { escrowedAmong } from './escrowed-keys.ts';
import { issuersAbove } from './issuers.ts';
import { escapeHtml } from './printed-html.ts';
import { readPractice, type Practice } from './practice.ts';

export interface HandoverSheetParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  readonly handoverPages: HandoverPages;
  readonly sha1Hex: (octets: Uint8Array) => string;
  readonly sha256Hex: (octets: Uint8Array) => string;
}

export interface HandoverSheetChoice {
  /** Where they read mail: its own buttons are shown. */
  readonly client?: HandoverClient | undefined;
  /** Theirs where left out. */
  readonly language?: Language | undefined;
}

interface Root {
  readonly name: string;
  readonly sha1: string;
  readonly sha256: string;
}

interface HandoverSheetContent {
  readonly practice: Practice;
  readonly person: PersonRow;
  readonly certificates: readonly CertificateRow[];
  /** Ids of those of their keys that the escrow opens. */
  readonly escrowed: ReadonlySet<string>;
  readonly roots: readonly Root[];
  readonly now: Date;
  readonly page: HandoverPage;
  readonly language: Language;
  readonly client: HandoverClient | undefined;
}

/** The page for one person, of what they have now, in their language and about their mail program. */
export async function handoverSheetFor(parts: HandoverSheetParts, person: PersonRow, choice: HandoverSheetChoice = {}): Promise<string> {
  const stores = parts.read();
  const certificates = (await stores.certificates.ofPerson(person.id)).filter((row) => row.isCurrent && row.revocation === null);
  const language = choice.language ?? person.language ?? usualLanguage;
  return handoverSheet({
    practice: await readPractice(stores),
    person,
    certificates,
    escrowed: await escrowedAmong(
      stores,
      certificates.map(({ keyId }) => keyId),
    ),
    roots: await rootsOf(parts, stores, certificates),
    now: parts.clock.now(),
    page: parts.handoverPages[language],
    language,
    client: choice.client,
  });
}

/** Those a program asks about. */
async function rootsOf(parts: HandoverSheetParts, stores: ReadStores, certificates: readonly CertificateRow[]): Promise<readonly Root[]> {
  const roots = new Map<string, Root>();
  for (const row of new Map(certificates.map((one) => [one.issuerAuthorityId, one])).values())
    for (const { authority, certificate } of await issuersAbove(stores, row))
      if (authority.parentId === null)
        roots.set(authority.id, { name: authority.name, sha1: parts.sha1Hex(certificate), sha256: parts.sha256Hex(certificate) });
  return [...roots.values()];
}

/** One printable page for one person: what they got and what to do with it. HTML without scripts; never a password. */
function handoverSheet({ practice, person, certificates, escrowed, roots, now, page, language, client }: HandoverSheetContent): string {
  const { words } = page;
  const { guide, program } = guideFor(client);
  const how = program === undefined ? words.how : fill(words['how-in'], { program });
  const from = fill(words.from, { practice: practice.name, date: longDate(now, language) });
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(`${words.title}: ${person.name}`)}</title><style>${style}${stepStyle}</style></head>
<body><main><p class="from">${escapeHtml(from)}</p>
<h1>${escapeHtml(words.title)}</h1><p class="for"><bdi>${escapeHtml(fill(words.for, { name: person.name }))}</bdi></p><p>${escapeHtml(words.intro)}</p>
<h2>${escapeHtml(words.what)}</h2><table><thead><tr><td></td><th>${escapeHtml(words.mailbox)}</th><th>${escapeHtml(words.until)}</th><th>${escapeHtml(words.number)}</th></tr></thead>
<tbody>${certificates.map((certificate) => row(certificate, words, language)).join('')}</tbody></table>
<h2>${escapeHtml(how)}</h2>${handoverSteps(page, guide)}
${roots.map((root) => authority(root, words)).join('')}<p class="box">${escapeHtml(words.lost)}</p>${escrowNotice(certificates, escrowed, words)}
<p class="sign">${escapeHtml(words.received)}</p></main></body></html>
`;
}

/** Whether the escrow could open mail to them, as their keys are sealed now: one that it opens is enough. Nothing of keys that never were here. */
function escrowNotice(certificates: readonly CertificateRow[], escrowed: ReadonlySet<string>, words: HandoverWords): string {
  const opening = certificates.filter(({ keyUsage, keyStore }) => keyUsage !== 'sign' && keyStore !== 'elsewhere');
  if (opening.length === 0) return '';
  const isEscrowed = opening.some(({ keyId }) => escrowed.has(keyId));
  return `<p class="small">${escapeHtml(isEscrowed ? words.escrow : words['escrow-none'])}</p>`;
}

const style = `@page{size:A4;margin:14mm 18mm}body{font:10.500pt/1.4 "Atkinson Hyperlegible Next",system-ui,sans-serif;color:#12211f;margin:0}
main{max-width:174mm;margin:0 auto}h1{font-size:20pt;margin:4mm 0 1mm}h2{font-size:12.500pt;margin:5mm 0 1.500mm}p{margin:0 0 2mm}.from,.small{color:#42565a;font-size:9.500pt}
.for{font-size:13pt;font-weight:600;margin:0 0 3mm}table{width:100%;border-collapse:collapse}th,td{text-align:start;padding:1.200mm 3mm 1.200mm 0;border-bottom:1px solid #b9c7c9;vertical-align:top}
.number{font-family:"Atkinson Hyperlegible Mono",monospace;font-size:8.500pt;overflow-wrap:anywhere}.box{border:1px solid #74868a;border-radius:2mm;padding:2mm 3mm;margin-top:4mm}
.authority{margin-top:4mm}.sign{margin-top:11mm;border-top:1px solid #74868a;padding-top:1.500mm;font-size:9.500pt;width:90mm}`;

function row(certificate: CertificateRow, words: HandoverWords, language: Language): string {
  const uses = { sign: words['use.sign'], encrypt: words['use.encrypt'], dual: words['use.dual'], authority: '', revocation: '' };
  const mailboxes = certificate.emails.map((email) => `<bdi>${escapeHtml(email)}</bdi>`).join('<br>');
  return `<tr><td>${escapeHtml(uses[certificate.keyUsage])}</td><td>${mailboxes}</td><td>${escapeHtml(longDate(new Date(certificate.notAfter), language))}</td><td class="number">${escapeHtml(certificate.serialNumber)}</td></tr>`;
}

/** Windows shows SHA-1, other programs SHA-256. */
const authority = ({ name, sha1, sha256 }: Root, words: HandoverWords): string =>
  `<div class="authority"><b>${escapeHtml(words.authority)}</b>: <bdi>${escapeHtml(name)}</bdi>. ${escapeHtml(words.compare)}
<p class="number">${escapeHtml(words.fingerprint)} SHA-256 ${grouped(sha256)}<br>${escapeHtml(words.fingerprint)} SHA-1 ${grouped(sha1)}</p></div>
`;

const grouped = (hex: string): string =>
  hex
    .toUpperCase()
    .match(/.{1,4}/gu)
    ?.join(' ') ?? '';

const longDate = (instant: Date, language: Language): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone: 'UTC' }).format(instant);
