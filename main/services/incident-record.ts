import type { IncidentEvent, IncidentView, KeyConcerned } from '../contract/incidents.ts';
import type { IncidentWords } from '../domain/locale/incident-words.ts';
import { fill } from '../domain/locale/fill.ts';
import { escapeHtml } from './printed-html.ts';

export interface IncidentRecordContent {
  readonly practice: string;
  readonly incident: IncidentView;
  readonly now: Date;
  /** Who prints it. */
  readonly by: string;
  readonly words: IncidentWords;
}

/** What a breach assessment needs of an incident (45 CFR 164.402 to 164.408), as a page to print: HTML without scripts. */
export function incidentRecord({ practice, incident, now, by, words }: IncidentRecordContent): string {
  const title = fill(words.title, { number: incident.number, title: incident.title });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main><p class="from">${escapeHtml(fill(words.from, { practice, date: exact(now.toISOString()), by }))}</p>
<h1><bdi>${escapeHtml(title)}</bdi></h1><p>${escapeHtml(stateOf(incident, words))}</p>
<h2>${escapeHtml(words.facts)}</h2>${facts(incident, words)}
<h2>${escapeHtml(words.keys)}</h2>${keys(incident.keys, words, now)}
<h2>${escapeHtml(words.happened)}</h2>${timeline(incident.timeline, words)}
<h2>${escapeHtml(words.notice)}</h2>${notice(incident, words)}
<h2>${escapeHtml(words.assessment)}</h2>${assessment(words)}
<h2>${escapeHtml(words.conclusion)}</h2><p><bdi>${escapeHtml(incident.closed?.conclusion ?? words['conclusion-none'])}</bdi></p>
<p class="small">${escapeHtml(words.proof)}</p><p class="sign">${escapeHtml(words.sign)}</p></main></body></html>
`;
}

const style = `@page{size:A4;margin:18mm}body{font:11pt/1.45 "Atkinson Hyperlegible Next",system-ui,sans-serif;color:#12211f;margin:0}
main{max-width:178mm;margin:0 auto}h1{font-size:20pt;margin:6mm 0 2mm}h2{font-size:13pt;margin:7mm 0 2mm;break-after:avoid}.from,.small{color:#42565a;font-size:10pt}
table{width:100%;border-collapse:collapse;font-size:10pt}th,td{text-align:start;padding:1.5mm 3mm 1.5mm 0;border-bottom:1px solid #b9c7c9;vertical-align:top}tr{break-inside:avoid}
.number{font-family:"Atkinson Hyperlegible Mono",monospace;font-size:8pt;overflow-wrap:anywhere}.write{height:14mm}
.sign{margin-top:16mm;border-top:1px solid #74868a;padding-top:2mm;font-size:10pt;width:110mm}`;

function stateOf({ closed }: IncidentView, words: IncidentWords): string {
  return closed === null ? words['state.open'] : fill(words['state.closed'], { date: exact(closed.at), by: closed.by });
}

function facts({ discoveredAt, openedAt, openedBy, affected }: IncidentView, words: IncidentWords): string {
  return table([
    [words.discovered, exact(discoveredAt)],
    [words.opened, `${exact(openedAt)}, ${openedBy}`],
    [words.affected, affected === null ? words['affected-unknown'] : String(affected)],
  ]);
}

function keys(concerned: readonly KeyConcerned[], words: IncidentWords, now: Date): string {
  if (concerned.length === 0) return `<p>${escapeHtml(words['keys-none'])}</p>`;
  const head = [words.whose, words.could, words.since, words.until, words['what-now'], words.number];
  const rows = concerned.map((key) => [
    [key.name ?? '', ...key.emails].filter((line) => line !== '').join('\n'),
    [words[`use.${key.purpose}`], ...(key.token === null ? [] : [fill(words['on-card'], { token: key.token })])].join('\n'),
    exact(key.since),
    exact(key.until),
    doneAbout(key, words, now),
    key.serialNumber,
  ]);
  return `${table(rows, head)}<p class="small">${escapeHtml(words['keys-why'])}</p>`;
}

function doneAbout({ revoked, until }: KeyConcerned, words: IncidentWords, now: Date): string {
  if (revoked !== null) return fill(words.revoked, { date: exact(revoked.at), reason: revoked.reason });
  return Date.parse(until) < now.getTime() ? words.ended : words['not-revoked'];
}

function timeline(events: readonly IncidentEvent[], words: IncidentWords): string {
  if (events.length === 0) return `<p>${escapeHtml(words['happened-none'])}</p>`;
  const rows = events.map((event) => [
    exact(event.at),
    whatOf(event, words),
    event.entry?.operator ?? (event.alarm === null ? event.addedBy : words.keyward),
  ]);
  return table(rows, [words.when, words.what, words.who]);
}

function whatOf({ entry, alarm, note, certificate }: IncidentEvent, words: IncidentWords): string {
  if (note !== null) return `${words.note}: ${note}`;
  if (alarm !== null) {
    const { number, rule, count, firstIndex, lastIndex } = alarm;
    return fill(words.alarm, { number, what: words.alarms[rule], count, first: firstIndex, last: lastIndex });
  }
  if (entry === null) return `${words.certificate}: ${certificate ?? ''}`;
  const outcome = fill(words[`outcome.${entry.outcome}`], { error: entry.error ?? '' });
  const named = [...new Set(Object.values(entry.names))].join(', ');
  return [`${fill(words.entry, { index: entry.index, action: entry.action })}, ${outcome}`, named, entry.reason ?? '']
    .filter((line) => line !== '')
    .join('\n');
}

function notice({ notice: dates }: IncidentView, words: IncidentWords): string {
  const rows = [
    [words['notice.individuals'], dates.individuals],
    [words['notice.secretary'], dates.secretary],
    [words['notice.media'], dates.media ?? words['notice.media-none']],
  ];
  return `<p>${escapeHtml(words['notice-if'])}</p>${table(rows)}`;
}

/** Nobody but a person can answer these. */
function assessment(words: IncidentWords): string {
  const questions = (['nature', 'who', 'acquired', 'mitigated'] as const).map((factor) => words[`assessment.${factor}`]);
  return `<table><tbody>${questions.map((question) => `<tr><td>${escapeHtml(question)}<div class="write"></div></td></tr>`).join('')}</tbody></table>`;
}

function table(rows: readonly (readonly string[])[], head: readonly string[] = []): string {
  const cells = (row: readonly string[], tag: string) => row.map((text) => `<${tag}>${lines(text)}</${tag}>`).join('');
  const heading = head.length === 0 ? '' : `<thead><tr>${cells(head, 'th')}</tr></thead>`;
  return `<table>${heading}<tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table>`;
}

const lines = (text: string): string =>
  text
    .split('\n')
    .map((line) => `<bdi>${escapeHtml(line)}</bdi>`)
    .join('<br>');

/** `2026-03-01 14:05`, UTC. */
const exact = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)}`;
