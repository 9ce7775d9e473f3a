import type { ModuleSummary, TokenList, TokenSummary } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { cardEnding, ownerOf } from './card-names.ts';
import { failedDriver } from './driver-words.ts';

/** A card as news name it. */
export type NamedCard = Pick<TokenSummary, 'serialNumber' | 'module' | 'personId' | 'personName' | 'lostAt'>;
type Named = NamedCard;

/** In the place of a driver of tokens, which shows no OpenPGP card. */
const openPgp = 'OpenPGP';

/** Cards that drivers show, and OpenPGP cards, of which the readers know only that they are in. */
export const cardsIn = ({ tokens, readers, lost }: Pick<TokenList, 'tokens' | 'readers' | 'lost'>): readonly NamedCard[] => [
  ...tokens,
  ...readers.flatMap(({ token: serialNumber }) =>
    serialNumber === null || tokens.some((token) => token.serialNumber === serialNumber)
      ? []
      : [
          {
            serialNumber,
            module: openPgp,
            personId: null,
            personName: null,
            lostAt: lost.find(({ token }) => token === serialNumber)?.lostAt ?? null,
          },
        ],
  ),
];

type Driver = Pick<ModuleSummary, 'name' | 'state'>;

/** Which cards came and which went between two looks, as sentences to be announced; with a driver that failed no card went. */
export function cardNews(before: readonly Named[], now: readonly Named[], drivers: readonly Driver[]): readonly string[] {
  const isIn = (cards: readonly Named[], { serialNumber }: Named) => cards.some((card) => card.serialNumber === serialNumber);
  const gone = before.filter((card) => !isIn(now, card)).map((card) => wentOut(card, drivers));
  return [...gone, ...now.filter((card) => !isIn(before, card)).map(cameIn)];
}

const wentOut = (card: Named, drivers: readonly Driver[]): string =>
  t(failedDriver(card, drivers) === undefined ? 'card-news.out' : 'card-news.unseen', { ending: cardEnding(card) });

function cameIn(card: Named): string {
  const owner = ownerOf(card);
  const ending = cardEnding(card);
  if (card.lostAt !== null) return t('card-news.in-lost', { ending });
  if (card.module === openPgp) return t('card-news.in-openpgp', { ending });
  return owner === null ? t('card-news.in-nobody', { ending }) : t('card-news.in', { ending, name: owner.name });
}
