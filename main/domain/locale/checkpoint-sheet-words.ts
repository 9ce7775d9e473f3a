/** The `checkpoint-sheet` section of a locale (`resources/locales/<language>/checkpoint-sheet.json`). */
export type CheckpointSheetWords = Readonly<Record<CheckpointSheetWord, string>>;

type CheckpointSheetWord =
  | 'title'
  | 'from'
  | 'what'
  | 'counts'
  | 'signed'
  | 'short'
  | 'short-text'
  | 'scan'
  | 'exact'
  | 'exact-text'
  | 'key'
  | 'later'
  | 'later-1'
  | 'later-2'
  | 'later-3'
  | 'wrong'
  | 'keep'
  | 'sign';
