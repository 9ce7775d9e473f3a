import { attachFrames, detachFrames, frameBytes, Secret } from '../main/contract/client.ts';
import type { Reply } from '../main/contract/door.ts';

/** What carries calls to the core and brings pushes back: the bridge of the window, or a table of answers in a test. */
export interface Transport {
  readonly call: (name: string, input: unknown) => Promise<Reply>;
  readonly subscribe: (listener: (name: string, payload: unknown) => void) => () => void;
}

/** What the preload script puts in the page: JSON beside raw octets, both ways. */
export interface Bridge {
  readonly call: (name: string, json: string, frames: readonly Uint8Array[]) => Promise<Message>;
  readonly subscribe: (listener: (name: string, message: Message) => void) => () => void;
}

/** JSON in which secrets and files are named by index, and those beside it. */
export interface Message {
  readonly json: string;
  readonly frames: readonly Uint8Array[];
}

declare global {
  interface Window {
    readonly keyward?: Bridge;
  }
}

/** Calls over the bridge. The bytes of secrets are wiped from the window's memory once they are sent. */
export function transportOver(bridge: Bridge): Transport {
  return {
    call: async (name, input) => {
      const { json, frames } = detachFrames(input);
      try {
        const reply = await bridge.call(name, json, frames.map(frameBytes));
        return attachFrames(reply.json, reply.frames) as Reply;
      } finally {
        for (const frame of frames) if (frame instanceof Secret) frame.wipe();
      }
    },
    subscribe: (listener) => bridge.subscribe((name, message) => listener(name, attachFrames(message.json, message.frames))),
  };
}
