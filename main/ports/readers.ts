import type { ReaderService, SeenReader } from '../domain/token/reader-health.ts';

export interface ReaderSurvey {
  readonly service: ReaderService;
  /** Only while it is running. */
  readonly readers: readonly SeenReader[];
}

/** The system's reader service (PC/SC), asked what it sees. Nothing is sent to a card: no try of a PIN can be lost here. */
export interface Readers {
  /** Never fails. */
  survey(): Promise<ReaderSurvey>;
}
