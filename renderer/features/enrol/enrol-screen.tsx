import { useEffect } from 'react';
import { useNavigation } from '../../state/navigation.ts';
import { useQuery } from '../../state/use-query.ts';
import type { ScreenProps } from '../feature.ts';
import { CheckStep } from './check-step.tsx';
import { ChooseStep } from './choose-step.tsx';
import { ChosenPeople } from './chosen-people.tsx';
import { IssueStep } from './issue-step.tsx';
import { useStaffListDraft } from './staff-list-draft.ts';

/**
 * Enrolling, at the step where it is: a job that is named, people who were chosen, a list being checked, a job that runs
 * or was interrupted, or the beginning.
 */
export function EnrolScreen({ route }: ScreenProps<'enrol'>) {
  const file = useStaffListDraft((draft) => draft.file);
  const { data } = useQuery('enrollment.jobs', {});
  const unfinished = data?.jobs.find(({ state }) => state === 'running' || state === 'stopped');
  if (route.job !== undefined) return <IssueStep key={route.job} job={route.job} />;
  if (route.people !== undefined && route.people.length > 0) return <ChosenPeople people={route.people} />;
  if (file !== null) return <CheckStep file={file} />;
  if (unfinished !== undefined) return <GoOn job={unfinished.id} />;
  return <ChooseStep jobs={data?.jobs ?? []} />;
}

/** Opens an unfinished job as the place itself, so that it stays when it ends. */
function GoOn({ job }: { readonly job: string }) {
  const replace = useNavigation((navigation) => navigation.replace);
  useEffect(() => replace({ name: 'enrol', job }), [replace, job]);
  return null;
}
