import { attachFrames, detachFrames, frameBytes, Secret } from '../main/contract/client.ts';
import type { Bridge } from '../main/contract/bridge.ts';
import type { Reply } from '../main/contract/door.ts';

/** What carries calls to the core and brings pushes back: the bridge of the window, or a table of answers in a test. */
export interface Transport {
  readonly call: (name: string, input: unknown) => Promise<Reply>;
  readonly subscribe: (listener: (name: string, payload: unknown) => void) => () => void;
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
