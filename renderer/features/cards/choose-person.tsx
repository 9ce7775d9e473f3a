import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { PersonPicker } from '../palette/person-picker.tsx';
import { cardEnding, type Owner } from './card-names.ts';

export interface ChoosePersonProps {
  readonly card: Pick<TokenSummary, 'serialNumber' | 'reader'>;
  readonly onChoose: (person: Owner) => void;
  readonly onClose: () => void;
}

/** Whose key is to be put on a card. */
export const ChoosePerson = ({ card, onChoose, onClose }: ChoosePersonProps) => (
  <PersonPicker
    title={t('put-on-card.who', { ending: cardEnding(card) })}
    line={<Sentence of="put-on-card.who-line" with={{ reader: <bdi>{card.reader}</bdi> }} />}
    label={t('put-on-card.person')}
    placeholder={t('put-on-card.search')}
    cancel={t('put-on-card.cancel')}
    onChoose={onChoose}
    onClose={onClose}
  />
);
