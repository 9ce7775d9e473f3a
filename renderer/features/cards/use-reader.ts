import { useEffect, useEffectEvent, useRef } from 'react';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import type { State } from '../../ui/status.ts';
import { cardNews } from './card-news.ts';
import { sightOf } from './driver-words.ts';
import { useCards } from './use-cards.ts';

/** What the side bar says of cards and readers; nothing where no driver is installed. Says aloud what comes and goes. */
export function useReader(): { readonly state: State; readonly words: string } | undefined {
  const { data } = useCards();
  useCardNews(data?.tokens);
  if (data === undefined) return undefined;
  const count = data.tokens.length;
  if (count > 0) return { state: 'fine', words: t('card-news.cards-in', { count }) };
  const sight = sightOf(data.modules);
  if (sight === 'none') return undefined;
  return sight === 'ready' ? { state: 'waiting', words: t('card-news.none-in') } : { state: 'stopped', words: t('card-news.blind') };
}

/** What is in when the window opens is no news. */
function useCardNews(cards: readonly TokenSummary[] | undefined): void {
  const before = useRef<readonly TokenSummary[]>(undefined);
  const announce = useAnnounce();
  const tell = useEffectEvent((now: readonly TokenSummary[]) => {
    const news = before.current === undefined ? [] : cardNews(before.current, now);
    before.current = now;
    if (news.length > 0) announce(news.join(' '));
  });
  useEffect(() => {
    if (cards !== undefined) tell(cards);
  }, [cards]);
}
