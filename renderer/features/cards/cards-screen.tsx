import { IconRefresh } from '@tabler/icons-react';
import { memo, useDeferredValue, useState } from 'react';
import type { OutputFor } from '../../api.ts';
import type { OpenPgpCardSummary } from '../../../main/contract/openpgp.ts';
import { t } from '../../i18n/translate.ts';
import { AnswerOf } from '../../shell/answer-of.tsx';
import { Page } from '../../shell/page.tsx';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { CardSheet, type CardAct } from './card-sheet.tsx';
import { countCards } from './card-names.ts';
import { cardState } from './card-state.ts';
import { DriversPanel } from './drivers-panel.tsx';
import { sightOf, whyNoCard } from './driver-words.ts';
import { EnrolCardDialog } from './enrol-card-dialog.tsx';
import { LoseCardDialog } from './lose-card-dialog.tsx';
import { LostPanel } from './lost-panel.tsx';
import { NoCard } from './no-card.tsx';
import { OpenPgpCardSheet } from './openpgp-card-sheet.tsx';
import { PutKeyDialog } from './put-key-dialog.tsx';
import { ReadersPanel } from './readers-panel.tsx';
import { SetPinDialog } from './set-pin-dialog.tsx';
import { SettleCardDialog } from './settle-card-dialog.tsx';
import { TakeBackDialog } from './take-back-dialog.tsx';
import { UnfinishedPanel } from './unfinished-panel.tsx';
import { useCards } from './use-cards.ts';
import { WipeCardDialog } from './wipe-card-dialog.tsx';

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
      <AnswerOf query={cards}>{(seen) => <Seen seen={seen} />}</AnswerOf>
    </Page>
  );
}

/** How many cards are in; nothing where none could be seen, which is said below. */
function lineOf(seen: OutputFor<'tokens.list'>): string | undefined {
  const count = countCards(seen);
  const canSee = sightOf(seen.modules) === 'ready' && whyNoCard(seen.modules, seen.readers) === null;
  return count > 0 || canSee ? t('cards.line', { count }) : undefined;
}

interface Asking {
  readonly serialNumber: string;
  readonly act: CardAct;
}

function CardDialog({ serialNumber, act, onClose }: Asking & { readonly onClose: () => void }) {
  if (act === 'enrol') return <EnrolCardDialog serialNumber={serialNumber} onClose={onClose} />;
  if (act === 'settle') return <SettleCardDialog serialNumber={serialNumber} onClose={onClose} />;
  if (act === 'put-key') return <PutKeyDialog serialNumber={serialNumber} onClose={onClose} />;
  if (act === 'lose') return <LoseCardDialog token={serialNumber} onClose={onClose} />;
  if (act === 'take-back') return <TakeBackDialog token={serialNumber} onClose={onClose} />;
  if (act === 'wipe') return <WipeCardDialog serialNumber={serialNumber} onClose={onClose} />;
  return <SetPinDialog serialNumber={serialNumber} by={act === 'change-pin' ? 'change' : 'unblock'} onClose={onClose} />;
}

interface SeenProps {
  readonly seen: OutputFor<'tokens.list'>;
}

/** The dialog follows at once; the page behind it when there is time, so that a card at work never holds up the window. */
function Seen({ seen }: SeenProps) {
  const [asking, setAsking] = useState<Asking>();
  return (
    <>
      <SeenCards seen={useDeferredValue(seen)} onAsk={setAsking} />
      {asking !== undefined && <CardDialog {...asking} onClose={() => setAsking(undefined)} />}
    </>
  );
}

const SeenCards = memo(function SeenCards({ seen, onAsk }: SeenProps & { readonly onAsk: (asking: Asking) => void }) {
  const { tokens, modules, unfinished, lost, readers } = seen;
  const now = useNow();
  const { data: status } = useQuery('workspace.status', {});
  const { data: openPgp } = useQuery('openpgp.cards', {});
  const [held, setHeld] = useState<OpenPgpCardSummary>();
  const inReaders = openPgp?.cards ?? [];
  const isOut = held !== undefined && !inReaders.some(({ serialNumber }) => serialNumber === held.serialNumber);
  const openPgpCards = isOut ? [...inReaders, held] : inReaders;
  const urgent = tokens.find((card) => cardState(card, now).next !== 'nothing');
  return (
    <>
      {tokens.length === 0 && openPgpCards.length === 0 && <NoCard sight={sightOf(modules)} error={whyNoCard(modules, readers)} />}
      {tokens.map((card) => (
        <CardSheet
          key={card.serialNumber}
          card={card}
          practice={status?.practiceName ?? ''}
          isMostUrgent={card === urgent}
          onAct={(act) => onAsk({ serialNumber: card.serialNumber, act })}
        />
      ))}
      {openPgpCards.map((card) => (
        <OpenPgpCardSheet key={card.serialNumber} card={card} practice={status?.practiceName ?? ''} onHold={setHeld} />
      ))}
      <LostPanel
        lost={lost.filter(({ token }) => ![...tokens, ...openPgpCards].some(({ serialNumber }) => serialNumber === token))}
        onTakeBack={(serialNumber) => onAsk({ serialNumber, act: 'take-back' })}
      />
      <UnfinishedPanel unfinished={unfinished.filter(({ token }) => !tokens.some(({ serialNumber }) => serialNumber === token))} />
      <ReadersPanel readers={tokens.length === 0 ? readers.filter(({ reader }) => reader !== null) : readers} />
      <DriversPanel modules={modules} />
    </>
  );
});
