import { handoverPictures, type HandoverPage, type HandoverPicture, type HandoverWords } from '../domain/locale/handover-words.ts';
import type { HandoverGuide } from '../domain/mail-client/handover-guide.ts';
import { escapeHtml } from './printed-html.ts';

/** The steps of a guide as an HTML list, with the buttons drawn as the program shows them. */
export function handoverSteps({ words, guides }: HandoverPage, guide: HandoverGuide): string {
  const steps = [...guides[guide], words.last].map((step) => `<li>${drawStep(step, words)}</li>`);
  return `<ol class="${guide}">${steps.join('')}</ol>`;
}

/** Buttons and pictures in place of their marks; everything else is text. */
function drawStep(step: string, words: HandoverWords): string {
  return step
    .split(/(\[[^\]]+\]|\{[a-z]+\})/u)
    .map((part) => {
      if (part.startsWith('[')) return `<span class="button">${escapeHtml(part.slice(1, -1))}</span>`;
      const picture = handoverPictures.find((name) => part === `{${name}}`);
      return picture === undefined ? escapeHtml(part) : drawPicture(picture, words);
    })
    .join('');
}

function drawPicture(picture: HandoverPicture, words: HandoverWords): string {
  const label = escapeHtml(words[`picture.${picture}`]);
  const drawn = `<svg viewBox="0 0 24 24" role="img" aria-label="${label}"><path d="${outlines[picture]}"/></svg>`;
  return picture === 'right' ? `${label} ${drawn}` : `<span class="button">${drawn}</span>`;
}

/** Drawn with a line of their own, 24 by 24. */
const outlines: Readonly<Record<HandoverPicture, string>> = {
  menu: 'M4 6h16M4 12h16M4 18h16',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  check: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M8 12.500l3 3l5-6',
  right: 'M12 3a5 5 0 0 1 5 5v7a5 5 0 0 1-10 0V8a5 5 0 0 1 5-5zM12 3v7h5M13.500 5v3.500M15 5.500v3',
};

/** How buttons look: of paper, with the corners and colours people know from each program. */
export const stepStyle = `.button{display:inline-block;border:1px solid #74868a;border-radius:1.2mm;padding:0 1.6mm;background:#f2f5f5;font-size:.92em;line-height:1.45;white-space:nowrap}
.outlook .button,.managed .button{border-radius:.4mm;background:#fdfdfd;border-color:#8a8886}.apple .button{border-radius:2.4mm;background:#eef3fb;border-color:#b7c6dd;color:#0a4f9e}
.android .button{border-radius:4mm;background:#eaf1ec;border-color:#8fa596}.gmail .button{border-radius:4mm;background:#eef2f9;border-color:#a9b6cc}.evolution .button{border-radius:1.8mm;background:#ebebeb;border-color:#bdbdbd}
svg{width:1.15em;height:1.15em;vertical-align:-.22em;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}ol{margin:0;padding-inline-start:6mm}li{margin-bottom:1.6mm}`;
