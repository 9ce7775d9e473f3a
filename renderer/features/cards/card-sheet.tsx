import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import type { GuardedCall } from '../../../main/domain/access/permissions.ts';
import { useMayOpen } from '../../shell/navigation.ts';
import { useGo } from '../../state/navigation.ts';
import { useMay } from '../../state/role.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { CardPicture } from '../../ui/card-picture.tsx';
import { useNow } from '../../ui/clock.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import {
  IconArrowBackUp,
  IconCertificate,
  IconCreditCard,
  IconCreditCardOff,
  IconEraser,
  IconLock,
  IconLockOpen,
  IconMailOpened,
  IconRefresh,
  IconTimeline,
  IconUser,
  type Icon,
} from '@tabler/icons-react';
import { CardFacts } from './card-facts.tsx';
import { cardEnding, ownerOf } from './card-names.ts';
import { cardState, mainCertificate, type CardNext, type CardState } from './card-state.ts';
import { signingOn, takesOpeningKey } from './opening-key.ts';
import styles from './card-sheet.module.css';

/** What can be begun with a card: a signing key on it, its first one, another or the end of one; what else was left unfinished; the key that opens mail; another PIN; a PIN by the unlock code; its loss and its return; nothing on it any more. */
export type CardAct = 'enrol' | 'settle' | 'put-key' | 'change-pin' | 'unblock' | 'lose' | 'take-back' | 'wipe';

export interface CardSheetProps {
  readonly card: TokenSummary;
  readonly practice: string;
  /** The page's one filled button is here. */
  readonly isMostUrgent: boolean;
  /** Begins something with it: a dialog opens. */
  readonly onAct: (act: CardAct) => void;
}

/** One card in a reader: its picture, whose it is, how it stands, the next step, and what is on it. */
export function CardSheet({ card, practice, isMostUrgent, onAct }: CardSheetProps) {
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
          <NextStep state={state} isMostUrgent={isMostUrgent} onAct={onAct} />
        </div>
      </div>
      <CardFacts card={card} />
      <Foot card={card} onAct={onAct} />
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
      line={t(owner === null && card.authorities.length === 0 ? 'cards.number-nobody' : 'cards.number', { ending })}
    />
  );
}

const icons: Readonly<Record<Exclude<CardNext, 'nothing'>, Icon>> = {
  enrol: IconCreditCard,
  'enrol-new': IconCreditCard,
  renew: IconRefresh,
  finish: IconCreditCard,
  settle: IconCreditCard,
  unblock: IconLockOpen,
  'give-pin': IconLock,
  'take-back': IconArrowBackUp,
};

const actOf = {
  enrol: 'enrol',
  'enrol-new': 'enrol',
  renew: 'enrol',
  finish: 'enrol',
  settle: 'settle',
  unblock: 'unblock',
  'give-pin': 'unblock',
  'take-back': 'take-back',
} as const satisfies Readonly<Record<Exclude<CardNext, 'nothing'>, CardAct>>;

/** What each act asks of the core. */
const callOf = {
  enrol: 'tokens.enroll',
  settle: 'tokens.reconcile',
  'put-key': 'tokens.import',
  'change-pin': 'tokens.changePin',
  unblock: 'tokens.unblock',
  lose: 'tokens.reportLost',
  'take-back': 'tokens.takeBack',
  wipe: 'tokens.wipe',
} as const satisfies Readonly<Record<CardAct, GuardedCall>>;

/** What is said under the button. */
const linesOf = { enrol: 'cards.once', settle: 'cards.settling', unblock: 'cards.by-code', 'take-back': 'cards.taking-back' } as const;

function NextStep({
  state: { next },
  isMostUrgent,
  onAct,
}: Pick<CardSheetProps, 'isMostUrgent' | 'onAct'> & { readonly state: CardState }) {
  const may = useMay();
  if (next === 'nothing' || !may(callOf[actOf[next]])) return null;
  return (
    <div className={styles.next}>
      <ActionButton
        kind={isMostUrgent ? 'filled' : 'default'}
        size={isMostUrgent ? 'large' : 'normal'}
        icon={icons[next]}
        onClick={() => onAct(actOf[next])}
      >
        {t(`cards.${next}`)}
      </ActionButton>
      <p className={styles.once}>{t(linesOf[actOf[next]])}</p>
    </div>
  );
}

interface FootAct {
  readonly act: CardAct;
  readonly icon: Icon;
  readonly words: 'cards.put-key' | 'cards.change-pin' | 'cards.forgotten' | 'cards.lose' | 'cards.wipe';
}

/** What else can be done with a card as it stands: nothing with one that is lost. */
function actsOf(card: TokenSummary): readonly FootAct[] {
  const { pin, unlockCode, lostAt, certificates, authorities } = card;
  if (lostAt !== null) return [];
  const hasOpenPin = pin !== 'locked' && pin !== 'not-set';
  const isOpenable = unlockCode !== 'locked';
  const isInUse = signingOn(certificates).some(({ status }) => status !== 'revoked' && status !== 'expired');
  const forgotten: FootAct = { act: 'unblock', icon: IconLockOpen, words: 'cards.forgotten' };
  return [
    ...(takesOpeningKey(card) ? [{ act: 'put-key', icon: IconMailOpened, words: 'cards.put-key' } as const] : []),
    ...(hasOpenPin ? [{ act: 'change-pin', icon: IconLock, words: 'cards.change-pin' } as const] : []),
    ...(hasOpenPin && isOpenable ? [forgotten] : []),
    ...(certificates.length + authorities.length > 0 ? [{ act: 'lose', icon: IconCreditCardOff, words: 'cards.lose' } as const] : []),
    ...(certificates.length > 0 && !isInUse && isOpenable ? [{ act: 'wipe', icon: IconEraser, words: 'cards.wipe' } as const] : []),
  ];
}

/** Ways on from a card: to whose it is and what is on it, and to another PIN. */
function Foot({ card, onAct }: Pick<CardSheetProps, 'card' | 'onAct'>) {
  const go = useGo();
  const owner = ownerOf(card);
  const may = useMay();
  const mayOpen = useMayOpen();
  const seesPeople = may('people.show');
  const certificate = seesPeople ? mainCertificate(signingOn(card.certificates)) : undefined;
  const acts = actsOf(card).filter(({ act }) => may(callOf[act]));
  if ((owner === null || !seesPeople) && acts.length === 0 && !mayOpen('audit')) return null;
  return (
    <div className={styles.foot}>
      {owner !== null && seesPeople && (
        <LinkButton icon={IconUser} onClick={() => go({ name: 'person', id: owner.id })}>
          <span>
            <Sentence of="cards.person-page" with={{ name: <PersonName name={owner.name} /> }} />
          </span>
        </LinkButton>
      )}
      {certificate !== undefined && (
        <LinkButton icon={IconCertificate} onClick={() => go({ name: 'certificate', id: certificate.id })}>
          {t('cards.certificate')}
        </LinkButton>
      )}
      {mayOpen('audit') && (
        <LinkButton icon={IconTimeline} onClick={() => go({ name: 'audit', search: card.serialNumber })}>
          {t('cards.history')}
        </LinkButton>
      )}
      {acts.map(({ act, icon, words }) => (
        <LinkButton key={act} icon={icon} onClick={() => onAct(act)}>
          {t(words)}
        </LinkButton>
      ))}
    </div>
  );
}
