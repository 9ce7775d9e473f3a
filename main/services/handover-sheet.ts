import type { HandoverWords } from '../domain/locale/handover-words.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import { escapeHtml, fillWords } from './printed-html.ts';
import { readPractice, type Practice } from './practice.ts';

export interface HandoverSheetParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  readonly handoverWords: HandoverWords;
}

interface HandoverSheetContent {
  readonly practice: Practice;
  readonly person: PersonRow;
  readonly certificates: readonly CertificateRow[];
  readonly now: Date;
  readonly words: HandoverWords;
}

/** The page for one person, of what they have now. */
export async function handoverSheetFor(parts: HandoverSheetParts, person: PersonRow): Promise<string> {
  const stores = parts.read();
  const certificates = await stores.certificates.ofPerson(person.id);
  const practice = await readPractice(stores);
  return handoverSheet({ practice, person, certificates, now: parts.clock.now(), words: parts.handoverWords });
}

/** One printable page for one person: what they got and what to do with it. HTML without scripts; never a password. */
function handoverSheet({ practice, person, certificates, now, words }: HandoverSheetContent): string {
  const inUse = certificates.filter((row) => row.isCurrent && row.revocation === null);
  const steps = [words.step1, words.step2, words.step3, words.step4].map((step) => `<li>${escapeHtml(step)}</li>`).join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(`${words.title}: ${person.name}`)}</title><style>${style}</style></head>
<body><main><p class="from">${escapeHtml(fillWords(words.from, { practice: practice.name, date: longDate(now) }))}</p>
<h1>${escapeHtml(words.title)}</h1><p class="for"><bdi>${escapeHtml(fillWords(words.for, { name: person.name }))}</bdi></p><p>${escapeHtml(words.intro)}</p>
<h2>${escapeHtml(words.what)}</h2><table><thead><tr><th></th><th>${escapeHtml(words.mailbox)}</th><th>${escapeHtml(words.until)}</th><th>${escapeHtml(words.number)}</th></tr></thead>
<tbody>${inUse.map((certificate) => row(certificate, words)).join('')}</tbody></table>
<h2>${escapeHtml(words.how)}</h2><ol>${steps}</ol>
<p class="box">${escapeHtml(words.lost)}</p><p class="small">${escapeHtml(words.escrow)}</p>
<p class="sign">${escapeHtml(words.received)}</p></main></body></html>
`;
}

const style = `@page{size:A4;margin:20mm}body{font:12pt/1.5 "Atkinson Hyperlegible Next",system-ui,sans-serif;color:#12211f;margin:0}
main{max-width:170mm;margin:0 auto}h1{font-size:22pt;margin:8mm 0 2mm}h2{font-size:13pt;margin:8mm 0 2mm}.from,.small{color:#42565a;font-size:10pt}
.for{font-size:14pt;font-weight:600;margin:0 0 4mm}table{width:100%;border-collapse:collapse}th,td{text-align:start;padding:2mm 3mm 2mm 0;border-bottom:1px solid #b9c7c9;vertical-align:top}
.number{font-family:"Atkinson Hyperlegible Mono",monospace;font-size:9pt;overflow-wrap:anywhere}.box{border:1px solid #74868a;border-radius:2mm;padding:3mm 4mm;margin-top:6mm}
.sign{margin-top:16mm;border-top:1px solid #74868a;padding-top:2mm;font-size:10pt;width:90mm}`;

function row(certificate: CertificateRow, words: HandoverWords): string {
  const uses = { sign: words['use.sign'], encrypt: words['use.encrypt'], dual: words['use.dual'], authority: '', revocation: '' };
  const mailboxes = certificate.emails.map((email) => `<bdi>${escapeHtml(email)}</bdi>`).join('<br>');
  return `<tr><td>${escapeHtml(uses[certificate.keyUsage])}</td><td>${mailboxes}</td><td>${escapeHtml(longDate(new Date(certificate.notAfter)))}</td><td class="number">${escapeHtml(certificate.serialNumber)}</td></tr>`;
}

const longDate = (instant: Date): string => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(instant);
