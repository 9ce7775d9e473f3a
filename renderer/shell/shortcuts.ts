import { useEffect, useEffectEvent } from 'react';

const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the keys that open the palette are written on this computer. */
export const findKeys = isApple() ? '⌘ K' : 'Ctrl K';

/** Calls on Ctrl and the letter, or ⌘ and the letter on a Mac. */
function useLetterKeys(letter: string, onPressed: () => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const hasModifier = isApple() ? event.metaKey : event.ctrlKey;
    if (!hasModifier || event.altKey || event.shiftKey || event.key.toLowerCase() !== letter) return;
    event.preventDefault();
    onPressed();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => pressed(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

/** Ctrl K opens the palette. */
export const useFindKeys = (onFind: () => void): void => useLetterKeys('k', onFind);

/** Ctrl L locks the window. */
export const useLockKeys = (onLock: () => void): void => useLetterKeys('l', onLock);
