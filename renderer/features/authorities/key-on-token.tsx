import { IconLock } from '@tabler/icons-react';
import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { cardEnding } from '../cards/card-names.ts';
import { actIcons, type OnAct } from './authority-act.ts';
import styles from './authorities-screen.module.css';

/** An authority's key that is on a card: on which, whether it is open, and the way to open or close it. */
export function KeyOnToken({ authority, onAct }: { readonly authority: AuthoritySummary; readonly onAct: OnAct }) {
  const { keyToken, name, revokedAt } = authority;
  if (keyToken === null) return null;
  const ending = cardEnding(keyToken);
  if (keyToken.isOpen) return <OpenOnToken authority={authority} ending={ending} />;
  return (
    <div className={styles.owed}>
      <StatusText state="waiting" isSentence>
        {t('authorities.token-closed', { ending })}
      </StatusText>
      {revokedAt === null && (
        <Permitted call="authorities.openKey">
          <div className={styles.actions}>
            <ActionButton
              size="row"
              icon={actIcons['open-key']}
              label={t('authority-act.open-key-of', { name })}
              onClick={() => onAct('open-key', authority)}
            >
              {t('authority-act.open-key')}
            </ActionButton>
          </div>
        </Permitted>
      )}
    </div>
  );
}

function OpenOnToken({ authority: { id, name }, ending }: { readonly authority: AuthoritySummary; readonly ending: string }) {
  const close = useCommand('authorities.closeKey');
  const announce = useAnnounce();
  const closeIt = async () => {
    if ((await close.run({ authority: id })) !== undefined) announce(t('authorities.token-closed', { ending }));
  };
  return (
    <div className={styles.owed}>
      {close.error !== undefined && <ErrorNotice error={close.error} />}
      <StatusText state="fine" isSentence>
        {t('authorities.token-open', { ending })}
      </StatusText>
      <div className={styles.actions}>
        <ActionButton
          size="row"
          icon={IconLock}
          label={t('authority-act.close-key-of', { name })}
          isWorking={close.isRunning}
          onClick={() => void closeIt()}
        >
          {t('authority-act.close-key')}
        </ActionButton>
      </div>
    </div>
  );
}
