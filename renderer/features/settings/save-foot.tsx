import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import styles from './settings.module.css';

export interface SaveFootProps {
  /** What the button says. */
  readonly label: string;
  /** Something is other than what holds, so that saving makes sense. */
  readonly isChanged: boolean;
  /** What is written can hold. */
  readonly isSound?: boolean;
  readonly isWorking: boolean;
  /** It was saved, and nothing was changed since. */
  readonly isSaved: boolean;
  readonly onSave: () => void;
}

/** The end of each panel of settings: the one way to save it, and that it was. */
export const SaveFoot = ({ label, isChanged, isSound = true, isWorking, isSaved, onSave }: SaveFootProps) => (
  <div className={styles.foot}>
    <ActionButton kind="filled" isDisabled={!isChanged || !isSound} isWorking={isWorking} onClick={onSave}>
      {label}
    </ActionButton>
    {isSaved && !isChanged && (
      <StatusText state="fine" isSentence>
        {t('settings.saved')}
      </StatusText>
    )}
  </div>
);
