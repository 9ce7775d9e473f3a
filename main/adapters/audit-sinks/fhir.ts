import { Agent, request, type RequestOptions } from 'node:https';
import { fhirEvent } from '../../domain/audit-formats/fhir.ts';
import type { LoggedEvent } from '../../domain/audit-formats/logged-event.ts';
import type { SinkTarget } from '../../domain/audit-formats/sink-target.ts';
import { AppError } from '../../domain/errors.ts';
import type { Delivery } from '../../ports/audit-sinks.ts';
import { credentialsOf, patience } from './credentials.ts';
import { failureOf } from './peer-errors.ts';

type Target = SinkTarget & { readonly kind: 'fhir' };

/** IHE ITI-20 over RESTful ATNA: each event is created by itself (201), so that each has an answer of its own. */
export async function deliverFhir(target: Target, events: readonly LoggedEvent[]): Promise<Delivery> {
  const agent = await agentFor(target);
  let taken = 0;
  try {
    for (const event of events) {
      await ask(target, 'AuditEvent', { agent, method: 'POST' }, Buffer.from(fhirEvent(event)));
      taken++;
    }
    return { taken };
  } catch (error) {
    return { taken, failure: failureOf(error, target) };
  } finally {
    agent.destroy();
  }
}

/** Whether a FHIR server says what it can do. */
export async function probeFhir(target: Target): Promise<void> {
  const agent = await agentFor(target);
  try {
    await ask(target, 'metadata', { agent, method: 'GET' });
  } finally {
    agent.destroy();
  }
}

const agentFor = async (target: Target): Promise<Agent> => new Agent({ keepAlive: true, maxSockets: 1, ...(await credentialsOf(target)) });

/** Where it sends us elsewhere we do not go: a person named this place. What it says beside its status is not kept. */
function ask(target: Target, path: string, options: RequestOptions, body?: Buffer): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fhir = 'application/fhir+json';
  const headers = { accept: fhir, ...(body === undefined ? {} : { 'content-type': fhir, 'content-length': body.length }) };
  const asking = request(`${target.url.replace(/\/+$/, '')}/${path}`, { ...options, headers, timeout: patience }, (answer) => {
    const { statusCode: status = 0 } = answer;
    answer.resume();
    answer.once('error', reject);
    answer.once('end', () => {
      if (status >= 200 && status < 300) resolve();
      else reject(new AppError('remote.refused', 'The other computer did not take an event.', { host: target.url, status }));
    });
  });
  asking.once('timeout', () =>
    asking.destroy(new AppError('remote.unreachable', 'The other computer does not answer.', { host: target.url })),
  );
  asking.once('error', reject);
  asking.end(body);
  return promise;
}
