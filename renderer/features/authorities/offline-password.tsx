import { IconBuildingBank, IconListCheck, IconPlugConnectedX } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import type { FileContent, Secret } from '../../../main/contract/client.ts';
import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ChoiceCards } from '../../ui/choice-cards.tsx';
import { Consequence } from '../../ui/consequence.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { NewPassphrase, type NewPassphraseHandle } from '../passphrase/new-passphrase.tsx';
import { OfflineSteps } from './offline-steps.tsx';
import styles from './authority-dialogs.module.css';

/** A key in its file. */
export interface SavedKey {
  readonly file: FileContent;
  /** Null where the person chose it. */
  readonly password: Secret | null;
}

/** What each of the dialogs on the way offline needs. */
export interface OfflineStageProps {
  readonly authority: AuthoritySummary;
  readonly title: ReactNode;
  readonly onClose: () => void;
}

const small = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** What it means to take the key offline, and what its file is locked with. */
export function AskForPassword({ authority, title, onClose, onMade }: OfflineStageProps & { readonly onMade: (made: SavedKey) => void }) {
  const [way, setWay] = useState<'made' | 'own'>('made');
  const own = useRef<NewPassphraseHandle>(null);
  const exportKey = useCommand('offline.exportKey');
  const make = async () => {
    const password = own.current?.take();
    if (way === 'own' && password === undefined) return;
    const made = await exportKey.run({ authority: authority.id, ...(password === undefined ? {} : { password }) });
    if (made !== undefined) onMade(made);
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={exportKey.isRunning} takesFocus>
        {t('authority-act.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void make()} isWorking={exportKey.isRunning}>
        {t('take-offline.make')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={title} line={t('take-offline.line')} actions={actions} width={600}>
      <div className={styles.rows}>
        <OfflineSteps current={0} />
        {exportKey.error !== undefined && <ErrorNotice error={exportKey.error} />}
        <Consequence title={t('take-offline.happens')} items={whatHappens} />
        <ChoiceCards label={t('take-offline.password')} choices={ways()} value={way} onChange={setWay} />
        {way === 'own' && <NewPassphrase ref={own} label={t('key-file.password')} known={[authority.name]} />}
      </div>
    </Dialog>
  );
}

const whatHappens = [
  { icon: <IconBuildingBank {...small} />, text: t('take-offline.goes-on') },
  { icon: <IconPlugConnectedX {...small} />, text: t('take-offline.waits') },
  { icon: <IconListCheck {...small} />, text: t('take-offline.lists') },
];

const ways = () =>
  (['made', 'own'] as const).map((value) => ({
    value,
    title: t(`take-offline.${value}-password`),
    detail: t(`take-offline.${value}-password-detail`),
  }));
