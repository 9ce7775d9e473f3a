import type { BroughtIssuer } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { commonName } from '../certificates/names.ts';
import styles from './settings.module.css';

/** The year of a certificate that never ends (RFC 5280 section 4.1.2.5). */
const noEnd = '9999';

interface MakerWordsProps {
  readonly issuer: Pick<BroughtIssuer, 'sha256' | 'subject' | 'notAfter'>;
  /** What it is to the practice. */
  readonly standing: string;
  /** With everything that its name says: for comparing. */
  readonly isInFull?: boolean;
}

/** Who certifies cards: by name, with the fingerprint that their maker publishes. */
export const MakerWords = ({ issuer: { sha256, subject, notAfter }, standing, isInFull = false }: MakerWordsProps) => (
  <div className={styles.makerWords}>
    <strong>
      <bdi>{commonName(subject)}</bdi>
    </strong>
    {isInFull && <bdi>{subject}</bdi>}
    <span>
      {standing}
      {!notAfter.startsWith(noEnd) && (
        <>
          , {t('makers.until')} <DateText of={notAfter} as="day" />
        </>
      )}
    </span>
    <CopyText text={sha256} label={t('makers.fingerprint')} isMono />
  </div>
);

interface ActionsProps {
  readonly act: string;
  readonly onAct: () => void;
  readonly onClose: () => void;
  readonly isRunning: boolean;
  readonly cannotAct?: boolean;
}

/** The safe choice holds the focus. */
export const MakerActions = ({ act, onAct, onClose, isRunning, cannotAct = false }: ActionsProps) => (
  <>
    <ActionButton onClick={onClose} isDisabled={isRunning} takesFocus>
      {t('makers.cancel')}
    </ActionButton>
    <ActionButton kind="filled" onClick={onAct} isDisabled={cannotAct} isWorking={isRunning}>
      {act}
    </ActionButton>
  </>
);
