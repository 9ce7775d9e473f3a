import { useEffect, useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import type { StaffListCheck, StaffRepair } from '../../../main/domain/people/staff-list.ts';
import { useApi } from '../../state/api-context.ts';

interface Checked {
  readonly file: FileContent;
  readonly repairs: readonly StaffRepair[];
  readonly check: StaffListCheck | undefined;
  readonly error: unknown;
}

/**
 * What would happen with a staff list, asked again with every repair; the answer before stays meanwhile. It bypasses the
 * cache of answers: each is as large as the list, and none is needed twice.
 */
export function useStaffListCheck(file: FileContent, repairs: readonly StaffRepair[]) {
  const api = useApi();
  const [checked, setChecked] = useState<Checked>();
  useEffect(() => {
    let isWanted = true;
    const answer = (check: StaffListCheck | undefined, error: unknown) => {
      if (isWanted) setChecked({ file, repairs, check, error });
    };
    api.call('people.checkStaffList', { file, repairs: [...repairs] }).then(
      (check) => answer(check, undefined),
      (error: unknown) => answer(undefined, error),
    );
    return () => {
      isWanted = false;
    };
  }, [api, file, repairs]);
  const shown = checked?.file === file ? checked : undefined;
  return { check: shown?.check, error: shown?.error, isChecking: shown === undefined || shown.repairs !== repairs };
}
