import { contextBridge, ipcRenderer } from 'electron';
import type { BridgeMessage } from '../main/contract/bridge.ts';
import { createBridge } from './bridge.ts';

/** The two channels there are; the shell listens on no other. */
const requestChannel = 'keyward:request';
const pushChannel = 'keyward:push';

// SECURITY: electron #20 the page gets functions that carry calls by name, never ipcRenderer or an event of it.
contextBridge.exposeInMainWorld(
  'keyward',
  createBridge({
    request: (name, message) => ipcRenderer.invoke(requestChannel, name, message) as Promise<BridgeMessage>,
    listen: (listener) => {
      ipcRenderer.on(pushChannel, (_event, name: string, message: BridgeMessage) => listener(name, message));
    },
  }),
);
