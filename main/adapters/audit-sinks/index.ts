import type { LoggedEvent } from '../../domain/audit-formats/logged-event.ts';
import type { SinkTarget } from '../../domain/audit-formats/sink-target.ts';
import type { AuditSinks, Delivery } from '../../ports/audit-sinks.ts';
import { appendFile, probeFile } from './append-file.ts';
import { deliverFhir, probeFhir } from './fhir.ts';
import { failureOf } from './peer-errors.ts';
import { deliverTls, probeTls } from './syslog-tls.ts';
import { deliverUdp, probeUdp } from './syslog-udp.ts';

/** Every kind of peer there is. */
export const auditSinks: AuditSinks = {
  probe: async (target) => {
    try {
      await probe(target);
    } catch (error) {
      throw failureOf(error, target);
    }
  },
  deliver: async (target, events) => {
    try {
      return await deliver(target, events);
    } catch (error) {
      return { taken: 0, failure: failureOf(error, target) };
    }
  },
};

function probe(target: SinkTarget): Promise<void> {
  switch (target.kind) {
    case 'syslog-tls':
      return probeTls(target);
    case 'syslog-udp':
      return probeUdp(target);
    case 'fhir':
      return probeFhir(target);
    case 'file':
      return probeFile(target);
  }
}

function deliver(target: SinkTarget, events: readonly LoggedEvent[]): Promise<Delivery> {
  switch (target.kind) {
    case 'syslog-tls':
      return deliverTls(target, events);
    case 'syslog-udp':
      return deliverUdp(target, events);
    case 'fhir':
      return deliverFhir(target, events);
    case 'file':
      return appendFile(target, events);
  }
}
