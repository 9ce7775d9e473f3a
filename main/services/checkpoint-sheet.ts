import type { ModulePath } from '../domain/encoding/module-path.ts';
import type { CheckpointSheetWords } from '../domain/locale/checkpoint-sheet-words.ts';
import { fill } from '../domain/locale/fill.ts';
import type { NewestSigned } from './newest-signed.ts';
import { escapeHtml } from './printed-html.ts';

export interface CheckpointSheetContent {
  readonly practice: string;
  readonly checkpoint: Pick<NewestSigned, 'size' | 'time' | 'note' | 'vkey'>;
  readonly shortHash: string;
  /** Of the signed note. */
  readonly code: ModulePath;
  readonly now: Date;
  /** Who prints it. */
  readonly by: string;
  readonly words: CheckpointSheetWords;
}

/** One page that a signed total of the log is kept on: HTML without scripts and without anything to load. */
export function checkpointSheet({ practice, checkpoint, shortHash, code, now, by, words }: CheckpointSheetContent): string {
  const size = String(checkpoint.size);
  const say = (word: keyof CheckpointSheetWords, values: Readonly<Record<string, string>> = {}) => escapeHtml(fill(words[word], values));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${say('title', { size })}</title><style>${style}</style></head>
<body><main><p class="from">${say('from', { practice, by, date: exact(now.toISOString()) })}</p>
<h1>${say('title', { size })}</h1><p>${say('what')}</p>
<div class="beside"><div><table><tbody><tr><th>${say('counts')}</th><td class="big">${size}</td></tr><tr><th>${say('signed')}</th><td>${escapeHtml(exact(checkpoint.time))}</td></tr></tbody></table>
<h2>${say('short')}</h2><p class="short">${escapeHtml(shortHash).replace(/^((?:\S+ ){3})/, '$1<br>')}</p><p class="small">${say('short-text')}</p></div>
<figure>${svg(code, words.scan)}<figcaption>${say('scan')}</figcaption></figure></div>
<h2>${say('exact')}</h2><p class="small">${say('exact-text')}</p><pre>${escapeHtml(checkpoint.note.trimEnd())}</pre>
<h2>${say('key')}</h2><pre>${escapeHtml(checkpoint.vkey)}</pre>
<h2>${say('later')}</h2><ol><li>${say('later-1', { example: `${size} ${shortHash}` })}</li><li>${say('later-2')}</li><li>${say('later-3')}</li></ol>
<p class="box">${say('wrong')}</p><p class="small">${say('keep')}</p><p class="sign">${say('sign')}</p></main></body></html>
`;
}

const svg = ({ size, path }: ModulePath, label: string): string =>
  `<svg viewBox="0 0 ${size} ${size}" role="img" aria-label="${escapeHtml(label)}" shape-rendering="crispEdges"><path d="${path}"/></svg>`;

const style = `@page{size:A4;margin:14mm}body{font:10pt/1.35 "Atkinson Hyperlegible Next",system-ui,sans-serif;color:#12211f;margin:0}
main{max-width:178mm;margin:0 auto}h1{font-size:18pt;margin:2mm 0 2mm}h2{font-size:11.5pt;margin:3mm 0 1mm}p{margin:0 0 1.5mm}.from,.small{color:#42565a;font-size:9pt}
.beside{display:flex;gap:8mm;justify-content:space-between;align-items:flex-start}th,td{text-align:start;padding:1mm 4mm 1mm 0;vertical-align:baseline}.big{font-size:16pt;font-weight:600}
figure{margin:0;width:60mm;flex:none}figure svg{width:60mm;height:60mm;background:#fff}figcaption{font-size:9pt;color:#42565a;text-align:center}
pre,.short{font-family:"Atkinson Hyperlegible Mono",monospace}pre{font-size:8.5pt;white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #b9c7c9;padding:2mm 3mm;margin:1mm 0}
.short{font-size:16pt;line-height:1.5;letter-spacing:.04em}ol{margin:0;padding-left:6mm}.box{border:1px solid #74868a;border-radius:2mm;padding:2mm 3mm;margin-top:3mm}
.sign{margin-top:11mm;border-top:1px solid #74868a;padding-top:1.5mm;font-size:9pt;width:100mm}`;

/** To the second, in UTC. */
const exact = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 19)}`;
