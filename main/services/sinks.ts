import type { SinkView } from '../contract/sinks.ts';
import { placeOf } from '../domain/audit-formats/sink-target.ts';
import { AppError } from '../domain/errors.ts';
import type { AuditSinks } from '../ports/audit-sinks.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AreaHandlers } from './handler.ts';
import type { SinkDeliveries } from './sink-delivery.ts';
import { readSinks, requireSink, writeSinks, type SinkRecord } from './sink-records.ts';

export interface SinkHandlerParts {
  readonly read: () => ReadStores;
  readonly auditSinks: AuditSinks;
  readonly sinkDeliveries: SinkDeliveries;
}

/** More would each hold up the others. */
const mostSinks = 20;

const news = [{ name: 'sinks.changed', payload: {} }] as const;

/** Where entries of the log are handed over. */
export const createSinkHandlers = ({ read, auditSinks, sinkDeliveries }: SinkHandlerParts): AreaHandlers<'sinks'> => ({
  list: async () => {
    const stores = read();
    const size = await stores.auditLog.size();
    return { sinks: (await readSinks(stores)).map((sink) => viewOf(sink, size)) };
  },
  add: async ({ name, target, fromStart }) => {
    requirePair(target);
    return async (stores, { auditIndex }) => {
      const sinks = await readSinks(stores);
      if (sinks.some((sink) => sink.name === name)) throw new AppError('input.name-taken', 'There is a sink of this name.', { name });
      if (sinks.length >= mostSinks)
        throw new AppError('input.too-large', 'There are as many sinks as there may be.', { limit: mostSinks });
      const sink: SinkRecord = { name, target, next: fromStart ? 0 : auditIndex, deliveredAt: null, failure: null };
      await writeSinks(stores, [...sinks, sink]);
      return { value: viewOf(sink, auditIndex + 1), pushes: news };
    };
  },
  remove: async ({ name }) => {
    const { next } = await requireSink(read(), name);
    return async (stores) => {
      await writeSinks(
        stores,
        (await readSinks(stores)).filter((sink) => sink.name !== name),
      );
      return { value: null, subject: { next }, pushes: news };
    };
  },
  test: async ({ name }) => {
    const { target } = await requireSink(read(), name);
    await auditSinks.probe(target);
    return async () => ({ value: null });
  },
  deliver: async ({ name }) => {
    const stores = read();
    const chosen = name === undefined ? await readSinks(stores) : [await requireSink(stores, name)];
    const sinks = await Promise.all(chosen.map((sink) => sinkDeliveries.deliver(sink.name)));
    const delivered = sinks.reduce((sum, sink) => sum + sink.delivered, 0);
    return async () => ({ value: { sinks }, subject: { delivered } });
  },
});

/** @throws AppError input.invalid for a certificate without its key, or a key without its certificate */
function requirePair(target: SinkRecord['target']): void {
  if ('key' in target && (target.key === null) !== (target.certificate === null))
    throw new AppError('input.invalid', 'A certificate that is shown needs its key, and the key its certificate.', {
      field: target.key === null ? 'key' : 'certificate',
      rule: 'required',
    });
}

function viewOf({ name, target, next, deliveredAt, failure }: SinkRecord, size: number): SinkView {
  const format = target.kind === 'file' ? target.format : target.kind === 'fhir' ? 'fhir' : target.content;
  const hasOwnTrust = 'trust' in target && target.trust !== null;
  return { name, kind: target.kind, format, place: placeOf(target), hasOwnTrust, next, waiting: size - next, deliveredAt, failure };
}
