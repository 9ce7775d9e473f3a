import { useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { cardEnding } from '../cards/card-names.ts';
import { LastTry } from '../cards/last-try.tsx';
import { PinCost } from '../cards/pin-cost.tsx';
import { PinField, useAskedPin } from '../cards/pin-field.tsx';
import { isWrongPin } from '../cards/pin-words.ts';
import { useCards } from '../cards/use-cards.ts';
import type { AuthorityDialogProps } from './authority-act.ts';

/** Asks for the PIN of the card that an authority's key is on, once for the whole session. */
export function OpenKeyDialog({ authority, onClose }: AuthorityDialogProps) {
  const { keyToken, name } = authority;
  const { data, reload } = useCards();
  const open = useCommand('authorities.openKey');
  const announce = useAnnounce();
  const [isSure, setSure] = useState(false);
  const serialNumber = keyToken?.serialNumber ?? '';
  const card = data?.tokens.find((token) => token.serialNumber === serialNumber);
  const pin = useAskedPin(card);
  const isWrong = isWrongPin(open.error);
  if (card?.pin === 'final-try' && !isSure && !open.isRunning)
    return <LastTry card={card} isWrong={isWrong} onSure={() => setSure(true)} onClose={onClose} />;
  const submit = async () => {
    const typed = pin.take();
    if (typed === undefined) return;
    setSure(false);
    const opened = await open.run({ authority: authority.id, pin: new Secret(typed), finalTry: card?.pin === 'final-try' });
    await reload();
    if (opened === undefined) return;
    announce(t('open-key.opened', { name }));
    onClose();
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={open.isRunning}>
        {t('authority-act.not-now')}
      </ActionButton>
      <ActionButton
        kind="filled"
        onClick={() => void submit()}
        isDisabled={card === undefined}
        isWorking={open.isRunning}
        takesFocus={pin.isAtReader}
      >
        {t('open-key.act')}
      </ActionButton>
    </>
  );
  const title = <Sentence of="open-key.title" with={{ name: <PersonName name={name} /> }} />;
  const ending = cardEnding({ serialNumber });
  return (
    <Dialog isOpen onClose={onClose} title={title} line={t('open-key.line')} actions={actions} width={520}>
      {open.error !== undefined && !isWrong && <ErrorNotice error={open.error} />}
      {card === undefined ? (
        <StatusText state="waiting" isSentence>
          {t('open-key.absent', { ending })}
        </StatusText>
      ) : (
        <AskedPin card={card} pin={pin} isWrong={isWrong} onSubmit={() => void submit()} />
      )}
    </Dialog>
  );
}

interface AskedPinProps {
  readonly card: TokenSummary;
  readonly pin: ReturnType<typeof useAskedPin>;
  readonly isWrong: boolean;
  readonly onSubmit: () => void;
}

function AskedPin({ card, pin, isWrong, onSubmit }: AskedPinProps) {
  return (
    <Form onSubmit={onSubmit}>
      <p>
        <Sentence of="card-pin.where" with={{ ending: cardEnding(card), reader: <bdi>{card.reader}</bdi> }} />
      </p>
      <PinField pin={pin} isWrong={isWrong} takesFocus />
      <PinCost pin={card.pin} left={card.tries.pin} />
    </Form>
  );
}
