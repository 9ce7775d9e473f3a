import { IconLifebuoy, IconLock } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import { cardEnding } from './card-names.ts';
import { wordsOf, type AskedSecret } from './pin-words.ts';
import { Way } from './way.tsx';
import styles from './card-dialogs.module.css';

export interface LastTryProps {
  readonly card: Pick<TokenSummary, 'serialNumber'>;
  /** What there is one try left of. */
  readonly of?: AskedSecret;
  /** The one before was wrong. */
  readonly isWrong: boolean;
  readonly onSure: () => void;
  readonly onClose: () => void;
  /** Another way out than to try. */
  readonly children?: ReactNode;
}

/** Before the last try: what would happen, help first, which costs nothing. */
export function LastTry({ card, of = 'pin', isWrong, onSure, onClose, children }: LastTryProps) {
  const announce = useAnnounce();
  const [isAsking, setAsking] = useState(false);
  const words = wordsOf[of];
  const title = t(isWrong ? `${words}.last-title-wrong` : `${words}.last-title`);
  const line = t(`${words}.last-line`);
  useEffect(() => announce(`${title} ${line}`, 'assertive'), [announce, title, line]);
  const shownTitle = (
    <span className={styles.alarm}>
      <StatusShape state="stopped" size={28} />
      <span>{title}</span>
    </span>
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={shownTitle}
      line={<span className={styles.under}>{line}</span>}
      width={480}
      actions={<ActionButton onClick={onClose}>{t('card-pin.stop')}</ActionButton>}
    >
      <p className={styles.cost} data-pin="final-try">
        <span className={styles.pip} aria-hidden />
        <span>
          <strong>{t('card-pin.last-on')}</strong> {t('card-pin.last-on-card', { ending: cardEnding(card) })}
        </span>
      </p>
      <div className={styles.ways}>
        {isAsking ? (
          <p className={styles.told} role="status">
            {t(`${words}.forgot-text`)}
          </p>
        ) : (
          <Way
            icon={IconLifebuoy}
            title={t('card-pin.last-ask')}
            text={t(`${words}.last-ask-text`)}
            takesFocus
            onClick={() => setAsking(true)}
          />
        )}
        <Way icon={IconLock} title={t(`${words}.last-sure`)} text={t('card-pin.last-sure-text')} onClick={onSure} />
        {children}
      </div>
    </Dialog>
  );
}
