import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { cardEnding, ownerOf } from './card-names.ts';

type Named = Pick<TokenSummary, 'serialNumber' | 'personId' | 'personName'>;

/** Which cards came and which went between two looks, as sentences to be announced. */
export function cardNews(before: readonly Named[], now: readonly Named[]): readonly string[] {
  const isIn = (cards: readonly Named[], { serialNumber }: Named) => cards.some((card) => card.serialNumber === serialNumber);
  const gone = before.filter((card) => !isIn(now, card)).map((card) => t('card-news.out', { ending: cardEnding(card) }));
  return [...gone, ...now.filter((card) => !isIn(before, card)).map(cameIn)];
}

function cameIn(card: Named): string {
  const owner = ownerOf(card);
  const ending = cardEnding(card);
  return owner === null ? t('card-news.in-nobody', { ending }) : t('card-news.in', { ending, name: owner.name });
}
