import { useEffect } from 'react';
import { useApi } from '../state/api-context.ts';

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
/** The core counts in minutes. Milliseconds. */
const pause = 15_000;

/** Tells the core that somebody is here, as long as keys or pointer are used. Whether to lock is the core's to decide. */
export function usePresence(): void {
  const api = useApi();
  useEffect(() => {
    let last = -pause;
    const tell = () => {
      if (performance.now() - last < pause) return;
      last = performance.now();
      // A session that has ended is told of by `session.ended` and by the refusal itself.
      void api.client.session.stay({}).catch(() => undefined);
    };
    for (const sign of signs) window.addEventListener(sign, tell, { passive: true, capture: true });
    return () => signs.forEach((sign) => window.removeEventListener(sign, tell, { capture: true }));
  }, [api]);
}
