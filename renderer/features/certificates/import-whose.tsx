import { useState } from 'react';
import type { ImportItem } from '../../../main/contract/certificates.ts';
import { t } from '../../i18n/translate.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PickField } from '../../ui/pick-field.tsx';
import { personLine } from '../palette/person-line.tsx';

export interface ImportOwner {
  readonly id: string;
  readonly name: string;
}

export interface WhoseImportProps {
  readonly item: ImportItem;
  readonly onChoose: (person: ImportOwner) => void;
  readonly onClose: () => void;
}

/** How many people are offered; more letters find fewer. */
const offered = 4;

/** Whose a certificate is, where its mailboxes do not say. */
export function WhoseImport({ item: { certificate }, onChoose, onClose }: WhoseImportProps) {
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
      title={t('certificate-import.whose')}
      line={<bdi>{certificate?.emails.join(', ') || certificate?.subject}</bdi>}
      width={500}
      actions={<ActionButton onClick={onClose}>{t('certificate-import.back')}</ActionButton>}
    >
      {error !== undefined && <ErrorNotice error={error} />}
      <PickField
        label={t('certificate-import.who')}
        placeholder={t('certificate-import.search')}
        query={query}
        onQuery={setQuery}
        isLoading={isLoading}
        items={people.map((person) => personLine(person, now, () => onChoose({ id: person.id, name: person.name })))}
      />
    </Dialog>
  );
}
