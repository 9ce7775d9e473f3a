import type { FileContent } from '../../../main/contract/client.ts';
import type { StaffListCheck } from '../../../main/domain/people/staff-list.ts';
import { t } from '../../i18n/translate.ts';
import { useNavigation } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { usualProfile } from '../profiles/profile-chooser.tsx';
import { useStaffListDraft } from './staff-list-draft.ts';

/**
 * Takes the good rows in, starts issuing for them, and lets the rows left out be saved. Tried again after a failure it
 * goes on where it was: who was taken in already is known.
 */
export function useIssuing(file: FileContent) {
  const replace = useNavigation((navigation) => navigation.replace);
  const { repairs, finish } = useStaffListDraft();
  const take = useCommand('people.import');
  const start = useCommand('enrollment.start');
  const { save } = useSaveFiles();
  const issue = async (check: StaffListCheck, profile: string) => {
    const taken = await take.run({ file, repairs: [...repairs] });
    if (taken === undefined) return;
    const started = await start.run({ people: [...withoutServed(taken.people, check, profile)], profile });
    if (started === undefined) return;
    const { job } = started;
    finish(taken.leftOutFile === null ? null : { job, count: taken.leftOut, file: taken.leftOutFile });
    replace({ name: 'enrol', job });
    if (taken.leftOutFile === null) return;
    const path = await save(t('check.save-left-out'), [taken.leftOutFile]);
    if (path !== undefined) finish({ job, count: taken.leftOut, file: taken.leftOutFile, path });
  };
  return { issue, isIssuing: take.isRunning || start.isRunning, error: take.error ?? start.error };
}

/** Without those who have the usual certificates already: they would only be skipped. Who has others is for the core to say. */
function withoutServed(people: readonly string[], { rows }: StaffListCheck, profile: string): readonly string[] {
  if (profile !== usualProfile) return people;
  const served = new Set(
    rows.filter(({ findings }) => findings.some(({ code }) => code === 'already-enrolled')).map(({ personId }) => personId),
  );
  return people.filter((id) => !served.has(id));
}
