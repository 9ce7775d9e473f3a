import { useEffect } from 'react';
import { useDropped } from '../state/dropped-file.ts';
import { useGo } from '../state/navigation.ts';

/** A file dropped where nothing else takes it is looked at; never opened in place of the window. */
export function useDropAnywhere(isAllowed: boolean): void {
  const go = useGo();
  const put = useDropped((dropped) => dropped.put);
  useEffect(() => {
    if (!isAllowed) return undefined;
    const over = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      put(file);
      go({ name: 'viewer' });
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [isAllowed, go, put]);
}
