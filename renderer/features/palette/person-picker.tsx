import { useState, type ReactNode } from 'react';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PickField } from '../../ui/pick-field.tsx';
import { personLine } from './person-line.tsx';

export interface PersonPickerProps {
  readonly title: string;
  readonly line: ReactNode;
  readonly label: string;
  readonly placeholder: string;
  /** What the way out says. */
  readonly cancel: string;
  readonly onChoose: (person: { readonly id: string; readonly name: string }) => void;
  readonly onClose: () => void;
}

/** How many people are offered; more letters find fewer. */
const offered = 4;

/** Asks for somebody who is here, by a few letters. */
export function PersonPicker({ title, line, label, placeholder, cancel, onChoose, onClose }: PersonPickerProps) {
  const now = useNow();
  const [query, setQuery] = useState('');
  const search = query.trim();
  const { data, error, isLoading } = useQuery('people.list', {
    limit: offered,
    ...(search === '' ? {} : { search, sort: 'name' as const }),
  });
  const people = data?.people.filter(({ status }) => status === 'active') ?? [];
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      line={line}
      width={500}
      actions={<ActionButton onClick={onClose}>{cancel}</ActionButton>}
    >
      {error !== undefined && <ErrorNotice error={error} />}
      <PickField
        label={label}
        placeholder={placeholder}
        query={query}
        onQuery={setQuery}
        isLoading={isLoading}
        items={people.map((person) => personLine(person, now, () => onChoose({ id: person.id, name: person.name })))}
      />
    </Dialog>
  );
}
