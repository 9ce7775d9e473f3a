import { useEffect, useEffectEvent } from 'react';
import type { News, PushName } from '../api.ts';
import { useApi } from './api-context.ts';

/** Hears one kind of push while the screen is open. */
export function usePush<Name extends PushName>(name: Name, listener: (payload: News[Name]) => void): void {
  const api = useApi();
  const heard = useEffectEvent(listener);
  useEffect(() => api.onPush(name, (payload) => heard(payload)), [api, name]);
}
