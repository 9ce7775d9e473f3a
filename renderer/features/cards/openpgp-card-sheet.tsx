import {
  IconArrowBackUp,
  IconCreditCardOff,
  IconEraser,
  IconKey,
  IconLock,
  IconLockCog,
  IconLockOpen,
  IconTimeline,
  IconUser,
  IconSignature,
  type Icon,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { OpenPgpCardSummary } from '../../../main/contract/openpgp.ts';
import type { GuardedCall } from '../../../main/domain/access/permissions.ts';
import { groupFingerprint } from '../../../main/domain/openpgp/fingerprint.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t, type MessageKey } from '../../i18n/translate.ts';
import { useMayOpen } from '../../shell/navigation.ts';
import { useGo } from '../../state/navigation.ts';
import { useMay } from '../../state/role.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { CardPicture } from '../../ui/card-picture.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { Fact } from './card-fact.tsx';
import { cardEnding, ownerOf } from './card-names.ts';
import { KeyOnOpenPgpCard } from './openpgp-card-dialog.tsx';
import { LoseCardDialog } from './lose-card-dialog.tsx';
import { OpenPgpPinDialog } from './openpgp-pin-dialog.tsx';
import { TakeBackDialog } from './take-back-dialog.tsx';
import { WipeOpenPgpDialog } from './wipe-openpgp-dialog.tsx';
import { pinStates } from './pin-words.ts';
import styles from './card-sheet.module.css';

interface Shown {
  readonly card: OpenPgpCardSummary;
  readonly practice: string;
}

interface OpenPgpCardSheetProps extends Shown {
  /** Told of the card as long as something is asked about it: what came of it is said also where the card is gone meanwhile. */
  readonly onHold?: (card: OpenPgpCardSummary | undefined) => void;
}

type Asking = 'key' | 'pin' | 'adminPin' | 'unblock' | 'lose' | 'take-back' | 'wipe';

/** An OpenPGP card in a reader: whose it is, its PINs by its own count, the key that signs with it, and what can be done. */
export function OpenPgpCardSheet({ card, practice, onHold = () => undefined }: OpenPgpCardSheetProps) {
  const [asking, setAsking] = useState<Asking>();
  const ask = (what: Asking) => {
    setAsking(what);
    onHold(card);
  };
  const close = () => {
    setAsking(undefined);
    onHold(undefined);
  };
  const state = stateOf(card);
  const owner = ownerOf(card);
  return (
    <section className={styles.sheet} aria-label={t('openpgp-card.name', { ending: cardEnding(card) })}>
      <div className={styles.hero}>
        <CardPicture
          practice={owner === null ? '' : <bdi>{practice}</bdi>}
          name={owner === null ? <bdi>{card.holder || t('openpgp-card.unnamed')}</bdi> : <PersonName name={owner.name} />}
          line={t('openpgp-card.name', { ending: cardEnding(card) })}
        />
        <div className={styles.words}>
          <p className={styles.reader}>
            <Sentence of="cards.in-reader" with={{ reader: <bdi>{card.reader}</bdi> }} />
          </p>
          <h2 className={styles.title}>
            <Sentence of={`openpgp-card.${state}`} with={{ name: <PersonName name={owner?.name ?? ''} /> }} />
          </h2>
          <p className={styles.lead}>{t(`openpgp-card.${state}-text`)}</p>
          <MakeButton state={state} onClick={() => ask('key')} />
        </div>
      </div>
      <OpenPgpFacts card={card} />
      <Foot card={card} onAsk={ask} />
      {asking === 'key' && <KeyOnOpenPgpCard card={card} onClose={close} />}
      {asking !== undefined && asking !== 'key' && <Asked card={card} asking={asking} onClose={close} />}
    </section>
  );
}

function Asked({ card, asking, onClose }: Pick<Shown, 'card'> & { readonly asking: Exclude<Asking, 'key'>; readonly onClose: () => void }) {
  if (asking === 'lose') return <LoseCardDialog token={card.serialNumber} onClose={onClose} />;
  if (asking === 'take-back') return <TakeBackDialog token={card.serialNumber} onClose={onClose} />;
  if (asking === 'wipe') return <WipeOpenPgpDialog card={card} onClose={onClose} />;
  return <OpenPgpPinDialog card={card} of={asking} onClose={onClose} />;
}

type CardStanding = 'lost' | 'locked' | 'fine' | 'strange' | 'empty';

/** First what bars everything else, then what is on it. */
function stateOf({ lostAt, pin, adminPin, openPgp, fingerprints }: OpenPgpCardSummary): CardStanding {
  if (lostAt !== null) return 'lost';
  if (pin === 'locked' || adminPin === 'locked') return 'locked';
  if (openPgp !== null) return 'fine';
  return fingerprints.sign === null && fingerprints.decrypt === null ? 'empty' : 'strange';
}

function MakeButton({ state, onClick }: { readonly state: CardStanding; readonly onClick: () => void }) {
  const may = useMay();
  if ((state !== 'empty' && state !== 'strange') || !may('openpgp.generateOnCard')) return null;
  return (
    <div className={styles.next}>
      <ActionButton icon={IconKey} onClick={onClick}>
        {t('openpgp-card.put')}
      </ActionButton>
      <p className={styles.once}>{t('openpgp-card.put-once')}</p>
    </div>
  );
}

function OpenPgpFacts({ card: { fingerprints, pin, adminPin, tries } }: Pick<Shown, 'card'>) {
  const { sign } = fingerprints;
  return (
    <dl className={styles.facts}>
      <Fact icon={IconSignature} term={t('openpgp-card.signs')}>
        {sign === null ? t('cards.signs-none') : <bdi className="mono">{groupFingerprint(sign)}</bdi>}
      </Fact>
      <Fact icon={IconLock} term={t('cards.pin')}>
        <StatusText state={pinStates[pin]}>{t('openpgp-card.left', { count: tries.pin })}</StatusText>
      </Fact>
      <Fact icon={IconLockCog} term={t('openpgp-card.admin-pin')}>
        <StatusText state={pinStates[adminPin]}>{t('openpgp-card.left', { count: tries.adminPin })}</StatusText>
        {t(tries.resetCode === 0 ? 'openpgp-card.no-reset-code' : 'openpgp-card.reset-code', { count: tries.resetCode })}
      </Fact>
    </dl>
  );
}

interface FootAct {
  readonly asking: Asking;
  readonly call: GuardedCall;
  readonly icon: Icon;
  readonly words: MessageKey;
}

/** What else can be done with a card as it stands: one that is lost is taken back first. */
function actsOf({ pin, adminPin, lostAt, openPgp, fingerprints }: OpenPgpCardSummary): readonly FootAct[] {
  if (lostAt !== null) return [{ asking: 'take-back', call: 'tokens.takeBack', icon: IconArrowBackUp, words: 'cards.take-back' }];
  const isEmpty = fingerprints.sign === null && fingerprints.decrypt === null;
  const acts: readonly (FootAct & { readonly isShown: boolean })[] = [
    { asking: 'pin', call: 'openpgp.changeCardPin', icon: IconLock, words: 'cards.change-pin', isShown: pin !== 'locked' },
    {
      asking: 'adminPin',
      call: 'openpgp.changeCardPin',
      icon: IconLockCog,
      words: 'openpgp-card.change-admin-pin',
      isShown: adminPin !== 'locked',
    },
    { asking: 'unblock', call: 'openpgp.unblockCard', icon: IconLockOpen, words: 'cards.forgotten', isShown: adminPin !== 'locked' },
    { asking: 'lose', call: 'tokens.reportLost', icon: IconCreditCardOff, words: 'cards.lose', isShown: openPgp !== null },
    {
      asking: 'wipe',
      call: 'openpgp.wipeCard',
      icon: IconEraser,
      words: 'cards.wipe',
      isShown: !isEmpty || pin === 'locked' || adminPin === 'locked',
    },
  ];
  return acts.filter(({ isShown }) => isShown);
}

function Foot({ card, onAsk }: Pick<Shown, 'card'> & { readonly onAsk: (asking: Asking) => void }) {
  const go = useGo();
  const may = useMay();
  const mayOpen = useMayOpen();
  const owner = ownerOf(card);
  return (
    <div className={styles.foot}>
      {owner !== null && may('people.show') && (
        <LinkButton icon={IconUser} onClick={() => go({ name: 'person', id: owner.id })}>
          <span>
            <Sentence of="cards.person-page" with={{ name: <PersonName name={owner.name} /> }} />
          </span>
        </LinkButton>
      )}
      {mayOpen('audit') && (
        <LinkButton icon={IconTimeline} onClick={() => go({ name: 'audit', search: card.serialNumber })}>
          {t('cards.history')}
        </LinkButton>
      )}
      {actsOf(card)
        .filter(({ call }) => may(call))
        .map(({ asking, icon, words }) => (
          <LinkButton key={asking} icon={icon} onClick={() => onAsk(asking)}>
            {t(words)}
          </LinkButton>
        ))}
    </div>
  );
}
