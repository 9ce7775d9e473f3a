import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

/** Says something to whoever listens to a screen reader. Assertively only for what must interrupt: the last try. */
export type Announce = (words: string, urgency?: 'polite' | 'assertive') => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** Cards in and out, tries left, progress each 10 %, errors and results go through here. */
export const useAnnounce = (): Announce => useContext(AnnounceContext);

interface Said {
  readonly polite: string;
  readonly assertive: string;
  /** The same words twice are still two announcements: a different space makes them differ. */
  readonly turn: number;
}

/** Holds the two live regions of the window; both exist before anything is said, or it would not be read. */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState<Said>({ polite: '', assertive: '', turn: 0 });
  const announce = useCallback<Announce>((words, urgency = 'polite') => {
    setSaid((before) => ({ ...before, [urgency]: before.turn % 2 === 0 ? words : `${words}\u00A0`, turn: before.turn + 1 }));
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <output className="sr" style={{ top: 0 }}>
        {said.polite}
      </output>
      <div className="sr" style={{ top: 0 }} role="alert">
        {said.assertive}
      </div>
    </AnnounceContext>
  );
}
