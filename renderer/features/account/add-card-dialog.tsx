import { useRef, useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { cardEnding } from '../cards/card-names.ts';
import { PinCost } from '../cards/pin-cost.tsx';
import { PinField, useAskedPin } from '../cards/pin-field.tsx';
import { isWrongPin } from '../cards/pin-words.ts';
import { useCards } from '../cards/use-cards.ts';
import { isWrong } from '../sign-in/use-wait.ts';

export interface AddCardDialogProps {
  /** Serial numbers of those that sign in already. */
  readonly known: readonly string[];
  readonly onClose: () => void;
}

/** What the dialog works with, and the act itself. */
function useAdding({ known, onClose }: AddCardDialogProps) {
  const { data, reload } = useCards();
  const cards = data?.tokens.filter(({ serialNumber, lostAt }) => lostAt === null && !known.includes(serialNumber)) ?? [];
  const [chosen, choose] = useState<string>();
  const passphrase = useRef<SecretFieldHandle>(null);
  const [isMissing, setMissing] = useState(false);
  const add = useCommand('account.addCard');
  const announce = useAnnounce();
  const card = cards.find(({ serialNumber }) => serialNumber === chosen) ?? cards[0];
  const pin = useAskedPin(card);
  const act = async () => {
    const isEmpty = passphrase.current?.isEmpty() ?? true;
    setMissing(isEmpty);
    const typed = isEmpty || card === undefined ? undefined : pin.take();
    if (typed === undefined || card === undefined || passphrase.current === null) return;
    const secrets = { passphrase: new Secret(passphrase.current.take()), pin: new Secret(typed) };
    const added = await add.run({ token: card.serialNumber, ...secrets, finalTry: card.pin === 'final-try' });
    if (added === undefined) return void reload();
    announce(t('add-card.added', { ending: cardEnding(card) }));
    onClose();
  };
  return { cards, card, choose, passphrase, isMissing, pin, add, act };
}

/** Which card, the passphrase once more, and the card's PIN. */
export function AddCardDialog(props: AddCardDialogProps) {
  const { onClose } = props;
  const { cards, card, choose, passphrase, isMissing, pin, add, act } = useAdding(props);
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('add-card.not-now')}</ActionButton>
      <ActionButton kind="filled" isWorking={add.isRunning} isDisabled={card === undefined} onClick={() => void act()}>
        {t('add-card.act')}
      </ActionButton>
    </>
  );
  const isPinWrong = isWrongPin(add.error);
  return (
    <Dialog isOpen onClose={onClose} title={t('add-card.title')} line={t('add-card.line')} actions={actions} width={560}>
      <Form onSubmit={() => void act()}>
        {add.error !== undefined && !isWrong(add.error) && !isPinWrong && <ErrorNotice error={add.error} />}
        <Which cards={cards} card={card} onChoose={choose} />
        <SecretField
          ref={passphrase}
          label={t('add-card.passphrase')}
          takesFocus
          error={isWrong(add.error) ? t('add-card.wrong') : isMissing ? t('add-card.missing') : undefined}
        />
        <PinField pin={pin} isWrong={isPinWrong} />
        {card !== undefined && <PinCost pin={card.pin} left={card.tries.pin} />}
        {/* Enter in a field submits only where a button of the form does. */}
        <button type="submit" hidden>
          {t('add-card.act')}
        </button>
      </Form>
    </Dialog>
  );
}

interface WhichProps {
  readonly cards: readonly TokenSummary[];
  readonly card: TokenSummary | undefined;
  readonly onChoose: (serialNumber: string) => void;
}

function Which({ cards, card, onChoose }: WhichProps) {
  if (card === undefined) {
    return (
      <StatusText state="waiting" isSentence>
        {t('add-card.none')}
      </StatusText>
    );
  }
  const options = cards.map((one) => ({
    value: one.serialNumber,
    label: t('add-card.one', { label: one.label, ending: cardEnding(one) }),
  }));
  return <SelectField label={t('add-card.which')} value={card.serialNumber} options={options} onChange={onChoose} />;
}
