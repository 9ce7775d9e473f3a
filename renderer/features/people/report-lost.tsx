import { IconCreditCard, IconDeviceLaptop } from '@tabler/icons-react';
import { useState } from 'react';
import type { PersonDetails } from '../../../main/contract/people.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { cardEnding } from '../cards/card-names.ts';
import { LoseCardDialog } from '../cards/lose-card-dialog.tsx';
import { Way } from '../cards/way.tsx';
import { RevokeDialog } from '../revoke/revoke-dialog.tsx';
import { keysInUse } from './hand-over-keys.ts';
import styles from './person-dialogs.module.css';

export interface ReportLostProps {
  readonly person: PersonDetails;
  readonly onClose: () => void;
}

/** The place of keys that are on no card. */
const elsewhere = 'elsewhere';

/** Asks what is lost where that may be several things: only what belongs to it is revoked. */
export function ReportLost({ person, onClose }: ReportLostProps) {
  const cards = person.cards.filter(({ lostAt, isInUse }) => lostAt === null && isInUse).map(({ serialNumber }) => serialNumber);
  const handedOver = keysInUse(person.certificates).filter(({ keyStore }) => keyStore !== 'token');
  const places = [...cards, ...(handedOver.length > 0 ? [elsewhere] : [])];
  const [chosen, setChosen] = useState(places.length === 1 ? places[0] : undefined);
  if (chosen === undefined) return <WhatIsLost places={places} onChoose={setChosen} onClose={onClose} />;
  if (chosen !== elsewhere) return <LoseCardDialog token={chosen} onClose={onClose} />;
  return <RevokeDialog certificates={handedOver.map(({ id }) => id)} reason="keyCompromise" onClose={onClose} />;
}

interface WhatIsLostProps {
  readonly places: readonly string[];
  readonly onChoose: (place: string) => void;
  readonly onClose: () => void;
}

function WhatIsLost({ places, onChoose, onClose }: WhatIsLostProps) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('person.lost-what')}
      line={t('person.lost-what-line')}
      width={480}
      actions={<ActionButton onClick={onClose}>{t('person.lost-cancel')}</ActionButton>}
    >
      <div className={styles.ways}>
        {places.map((place, index) => (
          <Way
            key={place}
            icon={place === elsewhere ? IconDeviceLaptop : IconCreditCard}
            title={place === elsewhere ? t('person.lost-keys') : t('person.lost-card', { ending: cardEnding({ serialNumber: place }) })}
            text={t(place === elsewhere ? 'person.lost-keys-text' : 'person.lost-card-text')}
            takesFocus={index === 0}
            onClick={() => onChoose(place)}
          />
        ))}
      </div>
    </Dialog>
  );
}
