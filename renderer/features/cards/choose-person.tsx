import { useState } from 'react';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PickField } from '../../ui/pick-field.tsx';
import { personLine } from '../palette/person-line.tsx';
import { cardEnding, type Owner } from './card-names.ts';

export interface ChoosePersonProps {
  readonly card: TokenSummary;
  readonly onChoose: (person: Owner) => void;
  readonly onClose: () => void;
}

/** How many people are offered; more letters find fewer. */
const offered = 4;

/** Whose key is to be put on a card. */
export function ChoosePerson({ card, onChoose, onClose }: ChoosePersonProps) {
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
      title={t('put-on-card.who', { ending: cardEnding(card) })}
      line={<Sentence of="put-on-card.who-line" with={{ reader: <bdi>{card.reader}</bdi> }} />}
      width={500}
      actions={<ActionButton onClick={onClose}>{t('put-on-card.cancel')}</ActionButton>}
    >
      {error !== undefined && <ErrorNotice error={error} />}
      <PickField
        label={t('put-on-card.person')}
        placeholder={t('put-on-card.search')}
        query={query}
        onQuery={setQuery}
        isLoading={isLoading}
        items={people.map((person) => personLine(person, now, () => onChoose({ id: person.id, name: person.name })))}
      />
    </Dialog>
  );
}
