import { useEffect } from 'react';
import { useQuery } from '../../state/use-query.ts';
import type { Feature } from '../feature.ts';
import { EnrolScreen } from './enrol-screen.tsx';
import { useStaffListDraft } from './staff-list-draft.ts';

/** Interrupted jobs wait beside the name of the place. A list being checked is forgotten when the window is locked. */
function useEnrolCounts() {
  const { data } = useQuery('enrollment.jobs', {});
  useEffect(() => () => useStaffListDraft.getState().forget(), []);
  const interrupted = data?.jobs.filter(({ state }) => state === 'stopped').length ?? 0;
  return interrupted === 0 ? {} : { enrol: interrupted };
}

/** From a staff list, or one person typed in, to keys handed over. */
export const enrol: Feature = { screens: { enrol: EnrolScreen }, useCounts: useEnrolCounts };
