import { useEffect, useState, type ReactNode } from 'react';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { cardEnding, ownerOf, type Owner } from './card-names.ts';
import { ManagementKeyField, useAskedManagementKey } from './management-key-field.tsx';
import { PinCost } from './pin-cost.tsx';
import { PinField, useAskedPin } from './pin-field.tsx';
import type { CardEnrolment } from './use-card-enrolment.ts';
import styles from './card-dialogs.module.css';

export interface PinPromptProps {
  readonly card: TokenSummary;
  readonly person: NonNullable<Owner>;
  readonly enrolment: CardEnrolment;
  readonly onClose: () => void;
}

/** Whose card, in which reader, what for, the PIN, and what a wrong one costs; then that the card works. */
export function PinPrompt({ card, person, enrolment, onClose }: PinPromptProps) {
  const pin = useAskedPin(card);
  const management = useAskedManagementKey();
  const [isForgotten, setForgotten] = useState(false);
  const { isWorking, isWrong, error } = enrolment;
  const isFinishing = useSettled(card.unfinished, isWorking);
  const announce = useAnnounce();
  useEffect(() => {
    if (isWrong && !isWorking) announce(t('card-pin.wrong'));
  }, [announce, isWrong, isWorking]);
  const submit = () => {
    const typed = pin.take();
    if (typed === undefined) return;
    void enrolment.start(person.id, typed, card.pin === 'final-try', management.take());
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Title card={card} />}
      line={<Purpose card={card} person={person} isFinishing={isFinishing} />}
      aside={!isWorking && !isForgotten && <LinkButton onClick={() => setForgotten(true)}>{t('card-pin.forgot')}</LinkButton>}
      actions={<Actions isAtReader={pin.isAtReader} {...{ isWorking, isFinishing, onClose }} onSubmit={submit} />}
    >
      {isWorking ? (
        <Notice state="working" title={t(pin.isAtReader ? 'card-pin.working-at-reader' : 'card-pin.working')}>
          {t(pin.isAtReader ? 'card-pin.working-at-reader-text' : 'card-pin.working-text')}
        </Notice>
      ) : (
        <Form onSubmit={submit}>
          {error !== undefined && <ErrorNotice error={error} />}
          <PinField pin={pin} isWrong={isWrong} size="door" takesFocus />
          <PinCost pin={card.pin} left={card.tries.pin} />
          <ManagementKeyField card={card} asked={management} />
          {isForgotten && <p className={styles.forgotten}>{t('card-pin.forgot-text')}</p>}
        </Form>
      )}
    </Dialog>
  );
}

/** What is begun on a card while it works is no news: the prompt goes on saying what it said. */
function useSettled(now: boolean, isWorking: boolean): boolean {
  const [settled, setSettled] = useState(now);
  if (!isWorking && settled !== now) setSettled(now);
  return settled;
}

function Title({ card }: Pick<PinPromptProps, 'card'>): ReactNode {
  const owner = ownerOf(card);
  if (owner === null) return t('card-pin.title-nobody', { ending: cardEnding(card) });
  return <Sentence of="card-pin.title" with={{ name: <PersonName name={owner.name} /> }} />;
}

function Purpose({ card, person, isFinishing }: Pick<PinPromptProps, 'card' | 'person'> & { readonly isFinishing: boolean }) {
  const name = <PersonName name={person.name} />;
  return (
    <>
      <span className={styles.purpose}>
        <Sentence of={isFinishing ? 'card-pin.what-finish' : 'card-pin.what'} with={{ name }} />
      </span>
      <span className={styles.purpose}>
        <Sentence of="card-pin.where" with={{ ending: cardEnding(card), reader: <bdi>{card.reader}</bdi> }} />
      </span>
    </>
  );
}

interface ActionsProps {
  readonly isAtReader: boolean;
  readonly isWorking: boolean;
  readonly isFinishing: boolean;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
}

function Actions({ isAtReader, isWorking, isFinishing, onClose, onSubmit }: ActionsProps) {
  return (
    <>
      <ActionButton onClick={onClose}>{t(isWorking ? 'card-pin.close' : 'card-pin.cancel')}</ActionButton>
      <ActionButton kind="filled" onClick={onSubmit} isWorking={isWorking} takesFocus={isAtReader}>
        {t(isFinishing ? 'card-pin.act-finish' : 'card-pin.act')}
      </ActionButton>
    </>
  );
}
