import { useEffect, useEffectEvent, useRef } from 'react';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import type { State } from '../../ui/status.ts';
import { countCards } from './card-names.ts';
import { cardNews, cardsIn, type NamedCard } from './card-news.ts';
import { sightOf } from './driver-words.ts';
import { useCards } from './use-cards.ts';

/** What the side bar says of cards and readers; nothing where no driver is installed. Says aloud what comes and goes. */
export function useReader(): { readonly state: State; readonly words: string } | undefined {
  const { data } = useCards();
  useCardNews(data);
  if (data === undefined) return undefined;
  const count = countCards(data);
  if (count > 0) return { state: 'fine', words: t('card-news.cards-in', { count }) };
  const sight = sightOf(data.modules);
  if (sight === 'none') return undefined;
  return sight === 'ready' ? { state: 'waiting', words: t('card-news.none-in') } : { state: 'stopped', words: t('card-news.blind') };
}

type Seen = OutputFor<'tokens.list'>;

/** What is in when the window opens is no news. */
function useCardNews(seen: Seen | undefined): void {
  const before = useRef<readonly NamedCard[]>(undefined);
  const announce = useAnnounce();
  const tell = useEffectEvent((now: Seen) => {
    const cards = cardsIn(now);
    const news = before.current === undefined ? [] : cardNews(before.current, cards, now.modules);
    before.current = cards;
    if (news.length > 0) announce(news.join(' '));
  });
  useEffect(() => {
    if (seen !== undefined) tell(seen);
  }, [seen]);
}
