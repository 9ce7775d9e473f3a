import { useEffect, useEffectEvent } from 'react';

const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the keys that open the palette are written on this computer. */
export const findKeys = isApple() ? '⌘ K' : 'Ctrl K';

/** Calls on Ctrl K, or ⌘ K on a Mac. */
export function useFindKeys(onFind: () => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const hasModifier = isApple() ? event.metaKey : event.ctrlKey;
    if (!hasModifier || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'k') return;
    event.preventDefault();
    onFind();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => pressed(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
