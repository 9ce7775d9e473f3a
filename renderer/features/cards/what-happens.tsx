import { IconCertificate, IconCreditCard, IconLockOpen, type Icon } from '@tabler/icons-react';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { formatDay } from '../../i18n/dates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { cardEnding, type Owner } from './card-names.ts';
import { keepsSigning } from './card-state.ts';
import styles from './card-dialogs.module.css';

export interface WhatHappensProps {
  readonly card: TokenSummary;
  readonly person: NonNullable<Owner>;
  readonly onOther: () => void;
  readonly onNext: () => void;
  readonly onClose: () => void;
}

const parts: readonly { readonly what: 'signing' | 'opening' | 'then'; readonly icon: Icon }[] = [
  { what: 'signing', icon: IconCreditCard },
  { what: 'opening', icon: IconLockOpen },
  { what: 'then', icon: IconCertificate },
];

/** What is made, and where, before a PIN is asked for; or that a card signs for them already. */
export function WhatHappens({ card, person, onOther, onNext, onClose }: WhatHappensProps) {
  const now = useNow();
  const { data, error } = useQuery('people.show', { person: person.id });
  const onCard = data?.certificates.find((certificate) => keepsSigning(certificate, now));
  const name = <PersonName name={person.name} />;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Sentence of="put-on-card.title" with={{ name, ending: cardEnding(card) }} />}
      width={500}
      aside={<LinkButton onClick={onOther}>{t('put-on-card.other-person')}</LinkButton>}
      actions={<Actions person={person} isOnCard={onCard !== undefined} onNext={onNext} onClose={onClose} />}
    >
      {error !== undefined && <ErrorNotice error={error} />}
      {onCard === undefined ? (
        <Parts />
      ) : (
        <Notice state="stopped" title={<Sentence of="put-on-card.already" with={{ name, day: formatDay(onCard.notAfter, now) }} />}>
          {t('put-on-card.already-text')}
        </Notice>
      )}
    </Dialog>
  );
}

function Parts() {
  return (
    <ul className={styles.parts}>
      {parts.map(({ what, icon: Shown }) => (
        <li key={what} className={styles.part}>
          <Shown className={styles.icon ?? ''} size={20} stroke={1.6} aria-hidden />
          <div>
            <p className={styles.partTitle}>{t(`put-on-card.${what}`)}</p>
            <p>{t(`put-on-card.${what}-text`)}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}

interface ActionsProps extends Pick<WhatHappensProps, 'person' | 'onNext' | 'onClose'> {
  readonly isOnCard: boolean;
}

function Actions({ person, isOnCard, onNext, onClose }: ActionsProps) {
  const go = useGo();
  return (
    <>
      <ActionButton onClick={onClose}>{t('put-on-card.cancel')}</ActionButton>
      {isOnCard ? (
        <ActionButton kind="filled" goesOn onClick={() => go({ name: 'person', id: person.id })}>
          {t('on-card.person')}
        </ActionButton>
      ) : (
        <ActionButton kind="filled" onClick={onNext} takesFocus>
          {t('put-on-card.next')}
        </ActionButton>
      )}
    </>
  );
}
