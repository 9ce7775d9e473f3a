import type { BridgeMessage } from '../main/contract/bridge.ts';
import { createBridge } from './bridge.ts';
import { guardKeys } from './chromium-keys.ts';

/** What the host puts into every frame: takes and gives text. Only the top frame of our own origin is answered. */
type Binding = (request: string) => Promise<string>;

interface WireMessage {
  readonly json: string;
  /** Base64: a binding carries text alone. */
  readonly frames: readonly string[];
}

const bindingName = 'keywardShell';
const origin = 'https://keyward.invalid';

/** A page begins: nobody is signed in at it yet. */
const begin = 'shell.begin';
/** News that has gathered since the last time; the host answers when there is some. */
const nextNews = 'shell.nextNews';
const nothing: BridgeMessage = { json: 'null', frames: [] };

if (window === window.top && location.origin === origin) install();

function install(): void {
  const binding = Reflect.get(globalThis, bindingName) as Binding;
  Reflect.deleteProperty(globalThis, bindingName);
  const send = async (name: string, message: BridgeMessage): Promise<unknown> => JSON.parse(await binding(encode(name, message)));
  void send(begin, nothing);
  const bridge = createBridge({
    request: async (name, message) => decode((await send(name, message)) as WireMessage),
    listen: (listener) => void hearForever(send, listener),
  });
  Object.defineProperty(window, 'keyward', { value: bridge, enumerable: true });
  Object.defineProperty(window, 'open', { value: () => null });
  guardKeys(window);
}

async function hearForever(
  send: (name: string, message: BridgeMessage) => Promise<unknown>,
  listener: (name: string, message: BridgeMessage) => void,
): Promise<never> {
  for (;;) {
    const news = (await send(nextNews, nothing)) as readonly (WireMessage & { readonly name: string })[];
    for (const message of news) listener(message.name, decode(message));
  }
}

function encode(name: string, { json, frames }: BridgeMessage): string {
  return JSON.stringify({ name, json, frames: frames.map((frame) => frame.toBase64()) });
}

function decode({ json, frames }: WireMessage): BridgeMessage {
  return { json, frames: frames.map((frame) => Uint8Array.fromBase64(frame)) };
}
