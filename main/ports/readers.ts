import type { ReaderService, SeenReader } from '../domain/token/reader-health.ts';

export interface ReaderSurvey {
  readonly service: ReaderService;
  /** Only while it is running. */
  readonly readers: readonly SeenReader[];
}

/** The line to one card that is in a reader. */
export interface CardLine {
  /** One command APDU, answered whole with its status word. @throws AppError token.* */
  transmit(command: Uint8Array): Promise<Uint8Array>;
}

/** The system's reader service (PC/SC). */
export interface Readers {
  /** What it sees. Never fails, and nothing is sent to a card: no try of a PIN can be lost here. */
  survey(): Promise<ReaderSurvey>;
  /**
   * Speaks to the card in one reader, nobody else in between, and leaves it as it is at the end.
   * @throws AppError token.absent, token.removed, token.device-failed where another program keeps it to itself or nothing answers in time
   */
  withCard<T>(reader: string, act: (card: CardLine) => Promise<T>): Promise<T>;
}
