import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { useNow } from '../../ui/clock.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { cardEnding } from '../cards/card-names.ts';
import { useAskedManagementKey } from '../cards/management-key-field.tsx';
import { useAskedPin } from '../cards/pin-field.tsx';
import { useCards } from '../cards/use-cards.ts';
import { TakeInDialog } from '../requests/take-in-dialog.tsx';
import { momentWords } from '../revoke/effects.ts';
import { AskedOfCard, onTokenOf } from './key-place.tsx';
import { OutcomeDialog } from './outcome-dialog.tsx';

/** Takes in the certificate that an authority here waits for; which one it is for is told by its key. */
export function AcceptAuthorityDialog({ onClose }: { readonly onClose: () => void }) {
  const command = useCommand('offline.accept');
  const [use, setUse] = useState(false);
  const [accepted, setAccepted] = useState<OutputFor<'offline.accept'>>();
  const place = useWaitingPlace();
  const management = useAskedManagementKey();
  const pin = useAskedPin(place.card);
  if (accepted !== undefined) return <Accepted accepted={accepted} onClose={onClose} />;
  const takeIn = async (files: FileContent[]) => {
    const onToken = place.card === undefined ? {} : onTokenOf(place.card, pin.take(), management);
    if (onToken !== undefined) setAccepted(await command.run({ files, use, ...onToken }));
  };
  return (
    <TakeInDialog title={t('carried.accept')} command={command} onTakeIn={(files) => void takeIn(files)} onClose={onClose}>
      <CheckField label={t('new-authority.use')} hint={t('new-authority.use-hint')} isChecked={use} onChange={setUse} />
      {place.cards.length > 0 && (
        <SelectField
          label={t('carried.place')}
          value={place.card?.serialNumber ?? ''}
          options={[
            { value: '', label: t('new-authority.place.vault') },
            ...place.cards.map(({ serialNumber }) => ({
              value: serialNumber,
              label: t('new-authority.place.card', { ending: cardEnding({ serialNumber }) }),
            })),
          ]}
          onChange={place.choose}
        />
      )}
      {place.card !== undefined && <AskedOfCard card={place.card} pin={pin} management={management} error={command.error} />}
    </TakeInDialog>
  );
}

/** The cards that are in and have keys of authorities that wait; one of them, unless a key in the vault waits as well. */
function useWaitingPlace() {
  const { data } = useQuery('offline.requests', {});
  const { data: seen } = useCards();
  const [chosen, choose] = useState<string>();
  const requests = data?.requests ?? [];
  const cards = (seen?.tokens ?? []).filter(({ serialNumber }) => requests.some(({ keyToken }) => keyToken === serialNumber));
  const usual = requests.some(({ keyToken }) => keyToken === null) ? undefined : cards[0];
  const card = chosen === undefined ? usual : cards.find(({ serialNumber }) => serialNumber === chosen);
  return { cards, card, choose };
}

interface AcceptedProps {
  readonly accepted: OutputFor<'offline.accept'>;
  readonly onClose: () => void;
}

function Accepted({ accepted: { name, notAfter, isUsed }, onClose }: AcceptedProps) {
  const now = useNow();
  const next = [...(isUsed ? [t('authorities.used', { name })] : []), t('authority-import.publish')];
  return (
    <OutcomeDialog
      title={t('carried.accepted', { name })}
      done={t('carried.until', { when: momentWords(notAfter, now) })}
      next={next}
      onClose={onClose}
    />
  );
}
