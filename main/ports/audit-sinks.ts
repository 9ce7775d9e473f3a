import type { LoggedEvent } from '../domain/audit-formats/logged-event.ts';
import type { SinkTarget } from '../domain/audit-formats/sink-target.ts';
import type { AppError } from '../domain/errors.ts';

/** What came of handing events over: as many as the peer has taken, counted from the first, and why it took no more. */
export interface Delivery {
  readonly taken: number;
  readonly failure?: AppError;
}

/**
 * Other systems that take entries of the log. A peer is spoken to only where a person named it. Over TLS it is of version 1.2 or newer and the
 * peer's certificate is checked, name included: no setting turns that off. `taken` means what the peer acknowledged: an orderly end of the
 * connection behind the last message (syslog over TLS), an answer of 2xx to each event (FHIR), octets on the disk (file), or nothing at all (UDP).
 */
export interface AuditSinks {
  /** Whether the peer is there and is who it should be. Nothing is handed over. @throws AppError remote.*, not-found, conflict, store.*, input.invalid */
  probe(target: SinkTarget): Promise<void>;
  /** Hands events over, in order. Gives up after some seconds without progress. Never throws. */
  deliver(target: SinkTarget, events: readonly LoggedEvent[]): Promise<Delivery>;
}
