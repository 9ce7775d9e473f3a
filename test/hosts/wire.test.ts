import { afterEach, describe, expect, test } from 'vitest';
import { FileContent, Secret } from '../../main/contract/secret.ts';
import { fromShell, wireLimits, type FromShell, type ToShell } from '../../main/contract/wire.ts';
import { attachFrames, detachFrames } from '../../main/contract/wire/frames.ts';
import { PacketReader, packetsOf } from '../../main/contract/wire/packets.ts';
import { openMessageStream, type MessageStream } from '../../main/hosts/message-stream.ts';
import { connectedSockets } from './fixtures/connected-sockets.ts';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

const callOf = (id: number, input: unknown): FromShell => ({
  kind: 'call',
  id,
  connection: 'window',
  host: 'window',
  name: 'echo.say',
  input,
});

async function pair(onMessage: (message: FromShell) => void, onClose: (reason?: unknown) => void = () => undefined) {
  const { near, far } = await connectedSockets();
  openMessageStream<ToShell, FromShell>(far, { schema: fromShell, onMessage, onClose });
  const stream: MessageStream<FromShell> = openMessageStream<FromShell, FromShell>(near, {
    schema: fromShell,
    onMessage: () => undefined,
    onClose: () => undefined,
  });
  closers.push(() => near.destroy());
  return { stream, near, far };
}

async function received(input: unknown): Promise<unknown> {
  const arrival = Promise.withResolvers<FromShell>();
  const { stream } = await pair(arrival.resolve, arrival.reject);
  await stream.send(callOf(1, input));
  const message = await arrival.promise;
  return message.kind === 'call' ? message.input : undefined;
}

function octetsOf(json: string, frames: readonly (Secret | FileContent)[] = []): Uint8Array {
  return Buffer.concat([...packetsOf(1, json, frames, wireLimits)].flatMap(({ bytes }) => bytes));
}

describe('frames', () => {
  test('secrets and files leave the JSON and come back in their places', () => {
    const value = { a: [new Secret(Buffer.from('pin 1234'))], file: new FileContent('staff.csv', Buffer.from('x;y')), n: 1 };
    const { json, frames } = detachFrames(value);
    expect(json).toBe('{"a":[{"$frame":0,"as":"secret"}],"file":{"$frame":1,"as":"file","name":"staff.csv"},"n":1}');
    const back = attachFrames(json, [Buffer.from('pin 1234'), Buffer.from('x;y')]) as typeof value;
    expect(back.a[0]).toBeInstanceOf(Secret);
    expect(Buffer.from(back.a[0]?.reveal() ?? []).toString()).toBe('pin 1234');
    expect(back.file).toBeInstanceOf(FileContent);
    expect(back.file.name).toBe('staff.csv');
    expect(frames).toEqual([value.a[0], value.file]);
  });

  test('a value that holds a $frame of its own cannot pass as a secret', () => {
    expect(() => detachFrames({ a: new Secret(Buffer.alloc(1)), b: { $frame: 0, as: 'secret' } })).toThrow(
      expect.objectContaining({ code: 'input.invalid' }),
    );
  });

  test.each([
    ['a frame that is named twice', '[{"$frame":0,"as":"secret"},{"$frame":0,"as":"secret"}]', 1],
    ['a frame that is not named', '{}', 1],
    ['a frame that did not come', '[{"$frame":0,"as":"secret"},{"$frame":1,"as":"secret"}]', 1],
    ['a frame as something unknown', '{"$frame":0,"as":"function"}', 1],
    ['a file without a name', '{"$frame":0,"as":"file"}', 1],
    ['text that is not JSON', '{', 0],
  ])('%s is refused', (_, json, count) => {
    const frames = Array.from({ length: count }, () => new Uint8Array(1));
    expect(() => attachFrames(json, frames)).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  });

  test('a file cannot be passed off as a secret where the transport knows better', () => {
    expect(() => attachFrames('{"$frame":0,"as":"secret"}', [new Uint8Array(1)], [FileContent])).toThrow(
      expect.objectContaining({ code: 'input.invalid' }),
    );
  });

  test('JSON nested beyond reason is an error, not a crash', () => {
    const json = `${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}`;
    expect(() => attachFrames(`[{"$frame":0,"as":"secret"},${json}]`, [new Uint8Array(1)])).toThrow(
      expect.objectContaining({ code: 'input.invalid' }),
    );
  });
});

describe('packets', () => {
  test('any cut of the byte stream gives the same messages', () => {
    const octets = octetsOf('{"a":"ä"}', [new Secret(Buffer.from('geheim')), new FileContent('f', Buffer.from('inhalt'))]);
    for (let cut = 1; cut < octets.length; cut++) {
      const reader = new PacketReader(wireLimits);
      const copy = Uint8Array.from(octets);
      const arrived = [...reader.read(copy.subarray(0, cut)), ...reader.read(copy.subarray(cut))];
      expect(arrived.map(({ json }) => json)).toEqual(['{"a":"ä"}']);
      expect(arrived[0]?.frames.map((frame) => Buffer.from(frame).toString())).toEqual(['geheim', 'inhalt']);
    }
  });

  test('the octets of a secret are wiped from what was read, and only those', () => {
    const octets = octetsOf('{}', [new Secret(Buffer.from('geheim')), new FileContent('f', Buffer.from('inhalt'))]);
    expect([...new PacketReader(wireLimits).read(octets)]).toHaveLength(1);
    expect(Buffer.from(octets).includes('geheim')).toBe(false);
    expect(Buffer.from(octets).includes('inhalt')).toBe(true);
  });

  test.each([
    ['JSON', () => packetsOf(1, 'x'.repeat(wireLimits.json + 1), [], wireLimits)],
    ['a secret', () => packetsOf(1, '{}', [new Secret(new Uint8Array(wireLimits.secret + 1))], wireLimits)],
    ['a file', () => packetsOf(1, '{}', [new FileContent('f', new Uint8Array(wireLimits.file + 1))], wireLimits)],
    ['a crowd of frames', () => packetsOf(1, '{}', Array(wireLimits.frames + 1).fill(new FileContent('f', new Uint8Array(1))), wireLimits)],
  ])('%s beyond the limit is not sent', (_, packets) => {
    expect(() => [...packets()]).toThrow(expect.objectContaining({ code: 'input.too-large' }));
  });

  test.each([
    ['an announced JSON beyond the limit', [0, 0, 0, 6, 1, 0, 0, 0, 1, 0xff, 0, 0, 0, 0, 0]],
    ['an announced secret beyond the limit', [0, 0, 0, 11, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 1, 1, 0, 2, 0, 0]],
    ['a frame of an unknown kind', [0, 0, 0, 11, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 1, 9, 0, 0, 0, 1]],
    ['a head whose length does not fit its frames', [0, 0, 0, 7, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0]],
    ['a head longer than any', [0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 1]],
    ['an unknown packet', [0, 0, 0, 1, 7, 0, 0, 0, 1]],
    ['a part of no message', [0, 0, 0, 1, 2, 0, 0, 0, 1, 0]],
    ['a part longer than its message', [0, 0, 0, 6, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 3, 2, 0, 0, 0, 1]],
    ['an empty part', [0, 0, 0, 6, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1]],
    ['text that is not UTF-8', [0, 0, 0, 6, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 1, 0xff]],
  ])('%s is refused', (_, octets) => {
    expect(() => [...new PacketReader(wireLimits).read(Uint8Array.from(octets))]).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^input\./) as string }),
    );
  });

  test('a peer that begins messages and finishes none is refused', () => {
    const head = (number: number): number[] => [0, 0, 0, 6, 1, 0, 0, 0, number, 0, 0, 0, 2, 0, 0];
    const reader = new PacketReader(wireLimits);
    expect(() => [...reader.read(Uint8Array.from([1, 2, 3, 4].flatMap(head)))]).not.toThrow();
    expect(() => [...reader.read(Uint8Array.from(head(5)))]).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  });
});

describe('a message stream', () => {
  test('carries secrets and files of every size as octets', async () => {
    const bytes = Buffer.alloc(5 * 1024 * 1024 + 7, 'keyward');
    const input = await received({
      passphrase: new Secret(Buffer.from('correct horse')),
      file: new FileContent('big', bytes),
      empty: new FileContent('', Buffer.alloc(0)),
    });
    const { passphrase, file, empty } = input as { passphrase: Secret; file: FileContent; empty: FileContent };
    expect(Buffer.from(passphrase.reveal()).toString()).toBe('correct horse');
    expect(Buffer.compare(file.bytes, bytes)).toBe(0);
    expect(empty.bytes).toHaveLength(0);
  });

  test('lets a small call pass a big file that is still on its way', async () => {
    const order: number[] = [];
    const both = Promise.withResolvers<void>();
    const { stream } = await pair((message) => {
      order.push(message.kind === 'call' ? message.id : -1);
      if (order.length === 2) both.resolve();
    });
    const big = stream.send(callOf(1, new FileContent('big', new Uint8Array(32 * 1024 * 1024))));
    await Promise.all([big, stream.send(callOf(2, 'small')), both.promise]);
    expect(order).toEqual([2, 1]);
  });

  test('leaves the sender its own secret', async () => {
    const secret = new Secret(Buffer.from('mine'));
    await received({ secret });
    expect(Buffer.from(secret.reveal()).toString()).toBe('mine');
  });

  test('refuses what cannot be sent and goes on', async () => {
    const arrival = Promise.withResolvers<FromShell>();
    const { stream } = await pair(arrival.resolve);
    await expect(stream.send(callOf(1, new FileContent('f', new Uint8Array(wireLimits.file + 1))))).rejects.toMatchObject({
      code: 'input.too-large',
    });
    await expect(stream.send(callOf(2, 10n))).rejects.toMatchObject({ code: 'input.invalid' });
    await stream.send(callOf(3, 'fine'));
    expect(await arrival.promise).toMatchObject({ id: 3 });
  });

  test.each([
    ['noise', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a message of no known kind', octetsOf('{"kind":"shutdown"}')],
    ['a message with something extra', octetsOf('{"kind":"disconnect","connection":"a","more":1}')],
    ['a message only the other side may send', octetsOf('{"kind":"ready"}')],
  ])('disconnects a peer that sends %s', async (_, octets) => {
    const closed = Promise.withResolvers<unknown>();
    const heard: unknown[] = [];
    const { near } = await pair((message) => heard.push(message), closed.resolve);
    near.write(octets);
    expect(await closed.promise).toMatchObject({ code: expect.stringMatching(/^input\./) as string });
    expect(heard).toEqual([]);
  });

  test('a peer that goes away closes without a reason, and sending ends in cancelled', async () => {
    const closed = Promise.withResolvers<unknown>();
    const { stream, near, far } = await pair(() => undefined, closed.resolve);
    near.destroy();
    expect(await closed.promise).toBeUndefined();
    expect(far.destroyed).toBe(true);
    await expect(stream.send(callOf(1, null))).rejects.toMatchObject({ code: 'cancelled' });
  });
});
