import { useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { cardEnding, ownerOf, type Owner } from './card-names.ts';
import { CardIsDone, CardPinDialog, type BesidePin, type CardPinDialogProps } from './card-pin-dialog.tsx';
import { LastTry } from './last-try.tsx';
import { openingInVault } from './opening-key.ts';
import { PinLocked } from './pin-locked.tsx';
import { isWrongPin } from './pin-words.ts';
import { useCard } from './use-cards.ts';

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
  const ending = cardEnding(card);
  if (isDone) return <CardIsDone title={t('put-key.done', { ending })} text={t('put-key.done-text')} onClose={onClose} />;
  const isWrong = isWrongPin(error);
  if (card.pin === 'locked' && !isRunning) return <PinLocked card={card} onClose={onClose} />;
  if (card.pin === 'final-try' && !isSure && !isRunning)
    return <LastTry card={card} isWrong={isWrong} onSure={() => setSure(true)} onClose={onClose} />;
  const put = async (certificate: string, pin: Uint8Array, beside: BesidePin) => {
    const done = await run({ certificate, token: serialNumber, pin: new Secret(pin), finalTry: card.pin === 'final-try', ...beside });
    await reload();
    setSure(false);
    if (done === undefined) return;
    announce(t('put-key.done', { ending }));
    setDone(true);
  };
  return (
    <Ask
      card={card}
      owner={owner}
      isWorking={isRunning}
      isWrong={isWrong}
      error={isWrong ? undefined : error}
      onPut={(...typed) => void put(...typed)}
      onClose={onClose}
    />
  );
}

interface AskProps extends Pick<CardPinDialogProps, 'card' | 'isWorking' | 'isWrong' | 'error' | 'onClose'> {
  readonly owner: NonNullable<Owner>;
  readonly onPut: (certificate: string, pin: Uint8Array, beside: BesidePin) => void;
}

function Ask({ owner, onPut, ...rest }: AskProps) {
  const { data: person } = useQuery('people.show', { person: owner.id });
  const certificate = openingInVault(person?.certificates ?? []);
  return (
    <CardPinDialog
      {...rest}
      title={<Sentence of="put-key.title" with={{ name: <PersonName name={owner.name} /> }} />}
      line={t('put-key.line')}
      act={t('put-key.act')}
      notNow={t('put-key.not-now')}
      isReady={certificate !== undefined}
      onPin={(...typed) => void (certificate !== undefined && onPut(certificate.id, ...typed))}
    >
      {person !== undefined && certificate === undefined && <Notice state="soon" title={t('put-key.none')} />}
    </CardPinDialog>
  );
}
