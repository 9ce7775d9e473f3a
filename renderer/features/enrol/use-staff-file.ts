import { useState } from 'react';
import { useGo } from '../../state/navigation.ts';
import { chooseFile } from '../../ui/choose-file.ts';
import { readStaffFile, staffListEndings } from './read-staff-file.ts';
import { useStaffListDraft } from './staff-list-draft.ts';

/** Takes a staff list by dropping or choosing, and goes on to its check. */
export function useStaffFile() {
  const go = useGo();
  const begin = useStaffListDraft((draft) => draft.begin);
  const [error, setError] = useState<unknown>();
  const take = async (file: File) => {
    setError(undefined);
    try {
      begin(await readStaffFile(file));
      go({ name: 'enrol' });
    } catch (reason) {
      setError(reason);
    }
  };
  return { take: (file: File) => void take(file), choose: () => chooseFile(staffListEndings, (file) => void take(file)), error };
}
