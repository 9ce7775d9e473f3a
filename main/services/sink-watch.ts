import type { AuditOrigin } from '../domain/audit/entry.ts';
import { AppError } from '../domain/errors.ts';
import type { SinkDeliveries } from './sink-delivery.ts';

export interface SinkWatchParts {
  readonly sinkDeliveries: SinkDeliveries;
  /** Calls again and again after so many milliseconds, until the returned function is called. */
  readonly repeat: (milliseconds: number, act: () => void) => () => void;
  readonly report: (error: unknown) => void;
}

/** Hands entries of the log over as they come, from the window's first call on and also while it is locked: it needs nobody's keys. */
export interface SinkWatch {
  begin(host: AuditOrigin['host']): void;
  /** Resolves when what is under way is done. */
  stop(): Promise<void>;
}

/** Milliseconds between two looks. */
const pause = 1_000;

export function createSinkWatch({ sinkDeliveries, repeat, report }: SinkWatchParts): SinkWatch {
  let stop: (() => void) | undefined;
  const look = () => void sinkDeliveries.deliverDue().catch((error: unknown) => void (isNoWorkspace(error) || report(error)));
  return {
    begin: (host) => {
      if (host === 'window') stop ??= repeat(pause, look);
    },
    stop: () => {
      stop?.();
      return sinkDeliveries.stop();
    },
  };
}

const isNoWorkspace = (error: unknown): boolean => error instanceof AppError && error.code === 'store.not-initialised';
