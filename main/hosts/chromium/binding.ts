import type { Page } from 'playwright-core';
import { AppError } from '../../domain/errors.ts';
import type { WindowWay } from '../host.ts';
import type { RelayedMessage } from '../window-relay.ts';
import { originOf } from './guards.ts';
import { origin } from './launch-options.ts';

const bindingName = 'keywardShell';
const begin = 'shell.begin';
const nextNews = 'shell.nextNews';

interface News {
  readonly name: string;
  readonly message: RelayedMessage;
}

/** News waits here until the page asks for it; a page that never does loses the oldest. */
const longestQueue = 10_000;

/**
 * The page's one way to its shell. The binding can be seen in every frame, so who asks is checked each time: our page,
 * its top frame, our origin. Gives what hands news to the page.
 */
export async function bind(page: Page, way: WindowWay): Promise<(name: string, message: RelayedMessage) => void> {
  const queue = new NewsQueue();
  await page.exposeBinding(bindingName, async ({ page: asking, frame }, request: unknown) => {
    if (asking !== page || frame !== page.mainFrame() || originOf(frame.url()) !== origin) throw refused();
    const { name, message } = read(request);
    if (name === begin) {
      way.begin();
      return 'null';
    }
    return name === nextNews ? encodeAll(await queue.next()) : encode(await way.request(name, message));
  });
  return (name, message) => queue.push({ name, message });
}

/** Gathers news and gives it to whoever asked last. */
class NewsQueue {
  #waiting: News[] = [];
  #ask: (() => void) | undefined;

  push(news: News): void {
    this.#waiting.push(news);
    if (this.#waiting.length > longestQueue) this.#waiting.shift();
    this.#ask?.();
  }

  async next(): Promise<readonly News[]> {
    // Whoever asked before is a page that has been replaced: it gets nothing.
    if (this.#waiting.length === 0) await new Promise<void>((resolve) => (this.#ask = resolve));
    return this.#waiting.splice(0);
  }
}

/** A binding carries text: frames are base64 here and nowhere else. */
function read(request: unknown): { name: string; message: unknown } {
  const value = typeof request === 'string' ? (JSON.parse(request) as unknown) : undefined;
  if (typeof value !== 'object' || value === null || !('name' in value) || typeof value.name !== 'string') throw refused();
  const json = 'json' in value ? value.json : undefined;
  const frames = 'frames' in value && Array.isArray(value.frames) ? value.frames.map(frameOf) : undefined;
  return { name: value.name, message: { json, frames } };
}

function frameOf(frame: unknown): Uint8Array {
  if (typeof frame !== 'string') throw refused();
  return Buffer.from(frame, 'base64');
}

function encode(message: RelayedMessage): string {
  return JSON.stringify(textOf(message));
}

function encodeAll(news: readonly News[]): string {
  return JSON.stringify(news.map(({ name, message }) => ({ name, ...textOf(message) })));
}

function textOf(message: RelayedMessage): { json: string; frames: string[] } {
  const text = { json: message.json, frames: message.frames.map((frame) => Buffer.from(frame).toString('base64')) };
  message.wipe();
  return text;
}

const refused = (): AppError => new AppError('session.not-permitted', 'Only the window of Keyward may ask.');
