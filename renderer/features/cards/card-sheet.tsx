import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useGo } from '../../state/navigation.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { CardPicture } from '../../ui/card-picture.tsx';
import { useNow } from '../../ui/clock.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { IconCertificate, IconCreditCard, IconRefresh, IconUser, type Icon } from '@tabler/icons-react';
import { CardFacts } from './card-facts.tsx';
import { cardEnding, ownerOf } from './card-names.ts';
import { cardState, mainCertificate, type CardNext, type CardState } from './card-state.ts';
import styles from './card-sheet.module.css';

export interface CardSheetProps {
  readonly card: TokenSummary;
  readonly practice: string;
  /** The page's one filled button is here. */
  readonly isMostUrgent: boolean;
  /** Puts a signing key on it, renews or finishes one. */
  readonly onEnrol: () => void;
}

/** One card in a reader: its picture, whose it is, how it stands, the next step, and what is on it. */
export function CardSheet({ card, practice, isMostUrgent, onEnrol }: CardSheetProps) {
  const state = cardState(card, useNow());
  return (
    <section className={styles.sheet} aria-label={t('cards.number', { ending: cardEnding(card) })}>
      <div className={styles.hero}>
        <Picture card={card} practice={practice} />
        <div className={styles.words}>
          <p className={styles.reader}>
            <Sentence of="cards.in-reader" with={{ reader: <bdi>{card.reader}</bdi> }} />
          </p>
          <h2 className={styles.title}>
            <Sentence of={state.title} with={{ name: <PersonName name={card.personName ?? ''} /> }} />
          </h2>
          <p className={styles.lead}>{t(state.text, state.values)}</p>
          <Permitted call="tokens.enroll">
            <NextStep state={state} isMostUrgent={isMostUrgent} onEnrol={onEnrol} />
          </Permitted>
        </div>
      </div>
      <CardFacts card={card} />
      <Permitted call="people.show">
        <Foot card={card} />
      </Permitted>
    </section>
  );
}

function Picture({ card, practice }: Pick<CardSheetProps, 'card' | 'practice'>) {
  const owner = ownerOf(card);
  const ending = cardEnding(card);
  return (
    <CardPicture
      practice={owner === null ? '' : <bdi>{practice}</bdi>}
      name={owner === null ? <bdi>{card.label}</bdi> : <PersonName name={owner.name} />}
      line={t(owner === null ? 'cards.number-nobody' : 'cards.number', { ending })}
    />
  );
}

const icons: Readonly<Record<Exclude<CardNext, 'nothing'>, Icon>> = {
  enrol: IconCreditCard,
  'enrol-new': IconCreditCard,
  renew: IconRefresh,
  finish: IconCreditCard,
};

function NextStep({
  state: { next },
  isMostUrgent,
  onEnrol,
}: Pick<CardSheetProps, 'isMostUrgent' | 'onEnrol'> & { readonly state: CardState }) {
  if (next === 'nothing') return null;
  return (
    <div className={styles.next}>
      <ActionButton
        kind={isMostUrgent ? 'filled' : 'default'}
        size={isMostUrgent ? 'large' : 'normal'}
        icon={icons[next]}
        onClick={onEnrol}
      >
        {t(`cards.${next}`)}
      </ActionButton>
      <p className={styles.once}>{t('cards.once')}</p>
    </div>
  );
}

/** Ways on from a card that has something on it. */
function Foot({ card }: Pick<CardSheetProps, 'card'>) {
  const go = useGo();
  const owner = ownerOf(card);
  const certificate = mainCertificate(card.certificates);
  if (owner === null) return null;
  return (
    <div className={styles.foot}>
      <LinkButton icon={IconUser} onClick={() => go({ name: 'person', id: owner.id })}>
        <span>
          <Sentence of="cards.person-page" with={{ name: <PersonName name={owner.name} /> }} />
        </span>
      </LinkButton>
      {certificate !== undefined && (
        <LinkButton icon={IconCertificate} onClick={() => go({ name: 'certificate', id: certificate.id })}>
          {t('cards.certificate')}
        </LinkButton>
      )}
    </div>
  );
}
