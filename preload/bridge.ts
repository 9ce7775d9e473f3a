import type { Bridge, BridgeCall, BridgeMessage } from '../main/contract/bridge.ts';

/** `area.name` of every call there is; the build puts the list here. */
declare const KEYWARD_CALLS: readonly string[];

/** How one host carries a call to its shell and brings news back. */
export interface BridgeTransport {
  request(name: string, message: BridgeMessage): Promise<BridgeMessage>;
  listen(listener: (name: string, message: BridgeMessage) => void): void;
}

/** The same face over every transport: one function per call, names from the build alone, everything frozen. */
export function createBridge(transport: BridgeTransport): Bridge {
  const listeners = new Set<(name: string, message: BridgeMessage) => void>();
  transport.listen((name, message) => listeners.forEach((listener) => listener(name, message)));
  const callOf = (name: string): [string, BridgeCall] => [name, (json, frames) => transport.request(name, { json, frames })];
  const calls = Object.freeze(Object.fromEntries(KEYWARD_CALLS.map(callOf)));
  return Object.freeze({
    calls,
    call: (name: string, json: string, frames: readonly Uint8Array[]) => {
      const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
      return call === undefined ? Promise.reject(new TypeError('There is no such call.')) : call(json, frames);
    },
    subscribe: (listener: (name: string, message: BridgeMessage) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
}
