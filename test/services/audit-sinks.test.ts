import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createClient } from '../../main/contract/client.ts';
import { newPractice, temporaryDirectory, type OpenPractice } from './support/practice.ts';
import { freePort, newAuthority, newLogServer, type Pair } from './support/log-server.ts';

const eventually = <T>(look: () => T | Promise<T>) => vi.waitFor(look, { timeout: 40_000, interval: 50 });
const refusal = (code: string) => expect.objectContaining({ code }) as unknown;

/** So many numbers from one on. */
const from = (first: number, end: number) => Array.from({ length: end - first }, (_, at) => first + at);

let count = 0;

/** Entries of the log, one after another. */
async function work({ client }: OpenPractice, times: number): Promise<void> {
  for (let at = 0; at < times; at++) {
    count++;
    await client.people.add({ name: `Person ${count}`, emails: [`person-${count}@ridgeway.example`] });
  }
}

const sinkOf = async ({ client }: OpenPractice, name = 'SIEM') => (await client.sinks.list({})).sinks.find((sink) => sink.name === name);
const sizeOf = async ({ client }: OpenPractice) => (await client.reports.overview({})).audit.entries;
const sinksToDo = async ({ client }: OpenPractice) =>
  (await client.reports.overview({})).todo.filter(({ kind }) => kind === 'sink-down').map(({ name }) => name);

/** The authority of a practice's network, and the certificate of its log server. */
function newNetwork() {
  const authority = newAuthority('Practice network');
  return { authority, server: authority.issue('log-server', 'IP:127.0.0.1'), trust: { trust: authority.pem } };
}

async function practiceWith(port: number, more: object) {
  const practice = await newPractice();
  const { next } = await practice.client.sinks.add({
    name: 'SIEM',
    target: { kind: 'syslog-tls', host: '127.0.0.1', port, ...more },
  });
  return { practice, first: next };
}

it('rsyslog gets every entry over TLS once and in order while the window is open, also those it missed while it was down', async () => {
  const { authority, server, trust } = newNetwork();
  const peer = await newLogServer(server, authority.ca);
  await peer.start();
  const { practice, first } = await practiceWith(peer.port, trust);
  // The window's first call has the core look.
  const window = createClient((name, input) => practice.door.call(name, input, { connection: 'window', host: 'window' }));
  await window.workspace.status({});
  await work(practice, 20);
  const all = async () => from(first, await sizeOf(practice));
  await eventually(async () => expect(peer.entries()).toEqual(await all()));
  // Its word that it has read them is the end of its connection: before that it would get them again.
  await eventually(async () => expect((await sinkOf(practice))?.waiting).toBe(0));
  expect(peer.lines()[0]).toMatch(/^<85>1 .* keyward - audit\.sink-add .*"action":"audit\.sink-add"/);

  await peer.stop();
  await work(practice, 30);
  await eventually(async () => expect((await sinkOf(practice))?.failure).toMatchObject({ error: 'remote.unreachable' }));
  expect(await sinksToDo(practice)).toEqual(['SIEM']);

  await peer.start();
  await work(practice, 10);
  const { sinks } = await practice.client.sinks.deliver({});
  expect(sinks).toEqual([expect.objectContaining({ name: 'SIEM', error: null })]);
  await eventually(async () => expect(peer.entries()).toEqual(await all()));
  expect([await sinksToDo(practice), (await sinkOf(practice))?.failure]).toEqual([[], null]);
  const { entries } = await practice.client.audit.list({ actions: ['audit.deliver'], ascending: true });
  expect(entries.map(({ operator, outcome, error }) => [operator, outcome, error])).toEqual([
    [null, 'failed', 'remote.unreachable'],
    [null, 'success', null],
    ['admin', 'success', null],
  ]);
});

it('a peer that is killed in the middle of its work loses no entry', async () => {
  const { authority, server, trust } = newNetwork();
  const peer = await newLogServer(server, authority.ca);
  await peer.start();
  const { practice, first } = await practiceWith(peer.port, trust);
  for (let round = 0; round < 3; round++) {
    await work(practice, 5);
    const delivering = practice.client.sinks.deliver({});
    await peer.stop('SIGKILL');
    await delivering;
    await peer.start();
  }
  await practice.client.sinks.deliver({});
  const end = (await sinkOf(practice))?.next ?? 0;
  await eventually(() => expect([...new Set(peer.entries())].toSorted((a, b) => a - b)).toEqual(from(first, end)));
});

it('a peer that cannot show who it is gets nothing: of another authority, of another name, or without a certificate that this computer trusts', async () => {
  const { authority, server, trust } = newNetwork();
  const cases: readonly [string, Pair, object][] = [
    ['another authority', newAuthority('Practice network').issue('log-server', 'IP:127.0.0.1'), trust],
    ['another name', authority.issue('other', 'DNS:other.example'), trust],
    ['none named', server, {}],
  ];
  for (const [what, pair, more] of cases) {
    const peer = await newLogServer(pair, authority.ca);
    await peer.start();
    const { practice } = await practiceWith(peer.port, more);
    await expect(practice.client.sinks.test({ name: 'SIEM' }), what).rejects.toEqual(refusal('remote.untrusted'));
    const { sinks } = await practice.client.sinks.deliver({ name: 'SIEM' });
    expect([what, sinks, peer.lines()]).toEqual([what, [expect.objectContaining({ delivered: 0, error: 'remote.untrusted' })], []]);
    await peer.stop();
  }
});

it('a peer that asks for a certificate gets ours, and takes nothing without it', async () => {
  const { authority, server, trust } = newNetwork();
  const peer = await newLogServer(server, authority.ca, 'x509/certvalid');
  await peer.start();
  const { practice } = await practiceWith(peer.port, trust);
  const { sinks } = await practice.client.sinks.deliver({ name: 'SIEM' });
  expect(sinks[0]?.delivered).toBe(0);
  expect(['remote.refused', 'remote.unreachable']).toContain(sinks[0]?.error);
  const { certificate, key } = authority.issue('keyward', 'DNS:keyward');
  const target = { kind: 'syslog-tls', host: '127.0.0.1', port: peer.port, ...trust, certificate } as const;
  await expect(practice.client.sinks.add({ name: 'half', target })).rejects.toEqual(refusal('input.invalid'));
  await practice.client.sinks.add({ name: 'whole', target: { ...target, key }, fromStart: true });
  await practice.client.sinks.test({ name: 'whole' });
  await practice.client.sinks.deliver({ name: 'whole' });
  await eventually(async () => expect(peer.entries()).toEqual(from(0, (await sinkOf(practice, 'whole'))?.next ?? 0)));
});

it('a FHIR server gets each entry as an AuditEvent once, and goes on where it refused one', async () => {
  const { server, trust } = newNetwork();
  const received: { entity: { what: { identifier: { value: string } } }[] }[] = [];
  let refusals = 1;
  const peer = createServer({ cert: readFileSync(server.certificate), key: readFileSync(server.key) }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const isRefused = received.length === 3 && refusals-- > 0;
      if (request.method === 'POST' && request.url === '/fhir/AuditEvent' && !isRefused)
        received.push(JSON.parse(Buffer.concat(parts).toString('utf8')) as (typeof received)[number]);
      response.writeHead(isRefused ? 503 : request.method === 'POST' ? 201 : 200).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(peer, 'listening');
  onTestFinished(() => void peer.close());
  const { port } = peer.address() as { port: number };
  const practice = await newPractice();
  const target = { kind: 'fhir', url: `https://127.0.0.1:${port}/fhir/`, ...trust } as const;
  await practice.client.sinks.add({ name: 'SIEM', target, fromStart: true });
  await practice.client.sinks.test({ name: 'SIEM' });
  await work(practice, 4);
  const first = await practice.client.sinks.deliver({});
  expect(first.sinks).toEqual([expect.objectContaining({ delivered: 3, error: 'remote.refused' })]);
  await practice.client.sinks.deliver({});
  const { next = 0, waiting } = (await sinkOf(practice)) ?? {};
  expect(received.map(({ entity }) => Number(entity[0]?.what.identifier.value))).toEqual(from(0, next));
  expect(waiting).toBeLessThanOrEqual(2);
  const elsewhere = { ...target, url: `http://127.0.0.1:${port}/fhir/` };
  await expect(practice.client.sinks.add({ name: 'open', target: elsewhere })).rejects.toEqual(refusal('input.invalid'));
});

it('a file gets each entry once, whatever a killed process left of it, and one of something else is let be', async () => {
  const practice = await newPractice();
  const directory = temporaryDirectory();
  for (const format of ['jsonl', 'csv', 'cef'] as const) {
    const path = join(directory, `log.${format}`);
    const [name, head] = [`file ${format}`, format === 'csv' ? 1 : 0];
    await practice.client.sinks.add({ name, target: { kind: 'file', path, format }, fromStart: true });
    const lines = () => readFileSync(path, 'utf8').trimEnd().split('\n').slice(head);
    const numbers = () => lines().map((line) => Number(/^(\d+),|"index":(\d+),| externalId=(\d+) /.exec(line)?.slice(1).find(Boolean)));
    const deliver = async () => {
      await practice.client.sinks.deliver({ name });
      expect([format, numbers()]).toEqual([format, from(0, (await sinkOf(practice, name))?.next ?? 0)]);
    };
    await deliver();
    await work(practice, 3);
    await deliver();
    // A process was killed in the middle of a line, and before it could say how far it was.
    const whole = readFileSync(path);
    truncateSync(path, whole.length - 5);
    await practice.client.sinks.remove({ name });
    await practice.client.sinks.add({ name, target: { kind: 'file', path, format }, fromStart: true });
    await deliver();
    writeFileSync(path, 'a letter\n');
    expect((await practice.client.sinks.deliver({ name })).sinks[0]?.error).toBe('conflict');
    await expect(practice.client.sinks.test({ name })).rejects.toEqual(refusal('conflict'));
    expect(readFileSync(path, 'utf8')).toBe('a letter\n');
    rmSync(path);
    appendFileSync(path, '');
    expect((await practice.client.sinks.deliver({ name })).sinks[0]?.error).toBe(null);
    expect(existsSync(path)).toBe(true);
  }
});

it('a peer without TLS gets a datagram for each entry', async () => {
  const socket = createSocket('udp4');
  const port = await freePort();
  const heard: string[] = [];
  socket.on('message', (message) => heard.push(message.toString('utf8'))).bind(port, '127.0.0.1');
  onTestFinished(() => void socket.close());
  await once(socket, 'listening');
  const practice = await newPractice();
  await practice.client.sinks.add({ name: 'SIEM', target: { kind: 'syslog-udp', host: '127.0.0.1', port, content: 'atna' } });
  await practice.client.sinks.deliver({});
  await eventually(() => expect(heard).toHaveLength(1));
  expect(heard[0]).toMatch(/ keyward - IHE\+RFC-3881 .*<AuditMessage>.*audit\.sink-add/);
});
