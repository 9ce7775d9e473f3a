import { useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { cardEnding, ownerOf, type Owner } from './card-names.ts';
import { openingInVault } from './opening-key.ts';
import { LastTry } from './last-try.tsx';
import { ManagementKeyField, useAskedManagementKey, type AskedManagementKey } from './management-key-field.tsx';
import { PinCost } from './pin-cost.tsx';
import { PinField, useAskedPin } from './pin-field.tsx';
import { isWrongPin } from './pin-words.ts';
import { PinLocked } from './pin-locked.tsx';
import { useCard } from './use-cards.ts';
import styles from './card-dialogs.module.css';

export interface PutKeyDialogProps {
  readonly serialNumber: string;
  readonly onClose: () => void;
}

/** Puts the key that opens its owner's mail on a card, by its PIN, typed once. */
export function PutKeyDialog({ serialNumber, onClose }: PutKeyDialogProps) {
  const { card, reload } = useCard(serialNumber);
  const { run, isRunning, error } = useCommand('tokens.import');
  const announce = useAnnounce();
  const [isSure, setSure] = useState(false);
  const [isDone, setDone] = useState(false);
  const owner = card === undefined ? null : ownerOf(card);
  if (card === undefined || owner === null) return null;
  if (isDone) return <IsOnCard card={card} onClose={onClose} />;
  const isWrong = isWrongPin(error);
  if (card.pin === 'locked' && !isRunning) return <PinLocked card={card} onClose={onClose} />;
  if (card.pin === 'final-try' && !isSure && !isRunning)
    return <LastTry card={card} isWrong={isWrong} onSure={() => setSure(true)} onClose={onClose} />;
  const put = async (certificate: string, pin: Uint8Array, more: Beside) => {
    const done = await run({ certificate, token: serialNumber, pin: new Secret(pin), finalTry: card.pin === 'final-try', ...more });
    await reload();
    setSure(false);
    if (done === undefined) return;
    announce(t('put-key.done', { ending: cardEnding(card) }));
    setDone(true);
  };
  return (
    <Ask
      card={card}
      owner={owner}
      isWorking={isRunning}
      error={isWrong ? undefined : error}
      isWrong={isWrong}
      onPut={(...typed) => void put(...typed)}
      onClose={onClose}
    />
  );
}

type Beside = ReturnType<AskedManagementKey['take']>;

interface AskProps {
  readonly card: TokenSummary;
  readonly owner: NonNullable<Owner>;
  readonly isWorking: boolean;
  readonly isWrong: boolean;
  readonly error: unknown;
  readonly onPut: (certificate: string, pin: Uint8Array, more: Beside) => void;
  readonly onClose: () => void;
}

function Ask({ card, owner, isWorking, isWrong, error, onPut, onClose }: AskProps) {
  const { data: person } = useQuery('people.show', { person: owner.id });
  const certificate = openingInVault(person?.certificates ?? []);
  const pin = useAskedPin(card);
  const management = useAskedManagementKey();
  const submit = () => {
    const typed = certificate === undefined ? undefined : pin.take();
    if (certificate !== undefined && typed !== undefined) onPut(certificate.id, typed, management.take());
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={isWorking}>
        {t('put-key.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={submit} isWorking={isWorking} isDisabled={certificate === undefined} takesFocus={pin.isAtReader}>
        {t('put-key.act')}
      </ActionButton>
    </>
  );
  const title = <Sentence of="put-key.title" with={{ name: <PersonName name={owner.name} /> }} />;
  return (
    <Dialog isOpen onClose={isWorking ? () => undefined : onClose} title={title} line={t('put-key.line')} actions={actions} width={520}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {error !== undefined && <ErrorNotice error={error} />}
        {person !== undefined && certificate === undefined && <Notice state="soon" title={t('put-key.none')} />}
        <PinField pin={pin} isWrong={isWrong} takesFocus />
        <PinCost pin={card.pin} left={card.tries.pin} />
        <ManagementKeyField card={card} asked={management} />
      </form>
    </Dialog>
  );
}

function IsOnCard({ card, onClose }: Pick<AskProps, 'card' | 'onClose'>) {
  const close = (
    <ActionButton kind="filled" onClick={onClose} takesFocus>
      {t('wipe-card.close')}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('put-key.done', { ending: cardEnding(card) })} actions={close} width={520}>
      <StatusText state="fine" isSentence>
        {t('put-key.done-text')}
      </StatusText>
    </Dialog>
  );
}
