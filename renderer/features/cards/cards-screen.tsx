import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { AnswerOf } from '../../shell/answer-of.tsx';
import { Page } from '../../shell/page.tsx';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { CardSheet } from './card-sheet.tsx';
import { cardState } from './card-state.ts';
import { DriversPanel } from './drivers-panel.tsx';
import { sightOf } from './driver-words.ts';
import { EnrolCardDialog } from './enrol-card-dialog.tsx';
import { NoCard } from './no-card.tsx';
import { UnfinishedPanel } from './unfinished-panel.tsx';
import { useCards } from './use-cards.ts';

/** The cards in the readers and the drivers that see them. */
export function CardsScreen() {
  const cards = useCards();
  const [isLooking, setLooking] = useState(false);
  const look = async () => {
    setLooking(true);
    await cards.reload();
    setLooking(false);
  };
  const header = (
    <PageHeader
      title={t('cards.title')}
      line={cards.data === undefined ? undefined : lineOf(cards.data)}
      actions={
        <ActionButton icon={IconRefresh} onClick={() => void look()} isWorking={isLooking}>
          {t('cards.look-again')}
        </ActionButton>
      }
    />
  );
  return (
    <Page header={header}>
      <AnswerOf query={cards}>{(seen) => <Seen {...seen} />}</AnswerOf>
    </Page>
  );
}

/** How many cards are in; nothing where none could be seen, which is said below. */
function lineOf({ tokens, modules }: OutputFor<'tokens.list'>): string | undefined {
  const isTold = tokens.length > 0 || sightOf(modules) === 'ready';
  return isTold ? t('cards.line', { count: tokens.length }) : undefined;
}

function Seen({ tokens, modules, unfinished }: OutputFor<'tokens.list'>) {
  const now = useNow();
  const { data: status } = useQuery('workspace.status', {});
  const [enrolling, setEnrolling] = useState<string>();
  const urgent = tokens.find((card) => cardState(card, now).next !== 'nothing');
  return (
    <>
      {tokens.length === 0 && <NoCard sight={sightOf(modules)} />}
      {tokens.map((card) => (
        <CardSheet
          key={card.serialNumber}
          card={card}
          practice={status?.practiceName ?? ''}
          isMostUrgent={card === urgent}
          onEnrol={() => setEnrolling(card.serialNumber)}
        />
      ))}
      <UnfinishedPanel unfinished={unfinished.filter(({ token }) => !tokens.some(({ serialNumber }) => serialNumber === token))} />
      <DriversPanel modules={modules} />
      {enrolling !== undefined && <EnrolCardDialog serialNumber={enrolling} onClose={() => setEnrolling(undefined)} />}
    </>
  );
}
