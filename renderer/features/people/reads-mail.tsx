import { useState } from 'react';
import type { MailProgram } from '../../../main/contract/mail.ts';
import type { MailKitId } from '../../../main/domain/mail-client/kit/kits.ts';
import type { JobError } from '../../../main/contract/enrollment.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { Notice } from '../../ui/notice.tsx';
import { SelectField } from '../../ui/select-field.tsx';

/** A program that takes files of its own kind; empty for one that takes the plain file of keys. */
type Elsewhere = MailKitId | '';

/** Which program it is, what stands in the way of this person's keys there, and what makes its files. */
export function useElsewhere(person: string) {
  const [program, setProgram] = useState<Elsewhere>('');
  const makeKit = useCommand('mail.kit');
  const programs = useQuery('mail.programs', { person }).data?.programs ?? [];
  const obstacle = programs.find(({ client }) => client === program)?.obstacle ?? null;
  return { program, setProgram, programs, obstacle, makeKit };
}

export interface ReadsMailProps {
  readonly programs: readonly MailProgram[];
  readonly program: Elsewhere;
  /** Said before anything is made. */
  readonly obstacle: JobError | null;
  readonly onProgram: (program: Elsewhere) => void;
}

/** Where does this person read mail? The rest, container, chain and names, is known from that. */
export function ReadsMail({ programs, program, obstacle, onProgram }: ReadsMailProps) {
  const elsewhere = programs.flatMap(({ client, name, how }) =>
    how === 'files' && client !== 'files' ? [{ value: client as MailKitId, label: name }] : [],
  );
  const options = [{ value: '' as const, label: t('hand-over.reads-file') }, ...elsewhere];
  return (
    <>
      <SelectField<Elsewhere> label={t('hand-over.reads')} value={program} options={options} onChange={onProgram} />
      {obstacle !== null && (
        <Notice state="stopped" title={obstacle.message} live="polite">
          {obstacle.hint}
        </Notice>
      )}
    </>
  );
}
