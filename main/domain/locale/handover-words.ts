import type { HandoverGuide } from '../mail-client/handover-guide.ts';
import type { Language } from './languages.ts';

/** The `handover` section of a locale (`resources/locales/<language>/handover.json`). */
export type HandoverWords = Readonly<Record<HandoverWord, string>>;

/** What is written on the page that goes with keys, in one language. */
export interface HandoverPage {
  readonly words: HandoverWords;
  /**
   * The `handover-guide` section: what to do, step by step. `[Label]` is a button as the program shows it, `{menu}` and the like are
   * pictures of what has no label.
   */
  readonly guides: Readonly<Record<HandoverGuide, readonly string[]>>;
}

export type HandoverPages = Readonly<Record<Language, HandoverPage>>;

type HandoverWord =
  | 'title'
  | 'for'
  | 'from'
  | 'intro'
  | 'what'
  | 'use.sign'
  | 'use.encrypt'
  | 'use.dual'
  | 'mailbox'
  | 'until'
  | 'number'
  | 'how'
  | 'how-in'
  | 'last'
  | 'authority'
  | 'fingerprint'
  | 'compare'
  | 'lost'
  | 'escrow'
  | 'escrow-none'
  | 'received'
  | `picture.${HandoverPicture}`;

/** What stands on buttons without a label. */
export const handoverPictures = ['right', 'menu', 'lock', 'check'] as const;
export type HandoverPicture = (typeof handoverPictures)[number];
