/** The `handover` section of a locale (`resources/locales/<language>/handover.json`). */
export type HandoverWords = Readonly<Record<HandoverWord, string>>;

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
  | 'step1'
  | 'step2'
  | 'step3'
  | 'step4'
  | 'lost'
  | 'escrow'
  | 'received';
