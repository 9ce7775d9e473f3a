import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { useNow } from '../../ui/clock.tsx';
import { TakeInDialog } from '../requests/take-in-dialog.tsx';
import { momentWords } from '../revoke/effects.ts';
import { OutcomeDialog } from './outcome-dialog.tsx';

/** Takes in the certificate that an authority here waits for; which one it is for is told by its key. */
export function AcceptAuthorityDialog({ onClose }: { readonly onClose: () => void }) {
  const command = useCommand('offline.accept');
  const [use, setUse] = useState(false);
  const [accepted, setAccepted] = useState<OutputFor<'offline.accept'>>();
  if (accepted !== undefined) return <Accepted accepted={accepted} onClose={onClose} />;
  const takeIn = async (files: FileContent[]) => setAccepted(await command.run({ files, use }));
  return (
    <TakeInDialog title={t('carried.accept')} command={command} onTakeIn={(files) => void takeIn(files)} onClose={onClose}>
      <CheckField label={t('new-authority.use')} hint={t('new-authority.use-hint')} isChecked={use} onChange={setUse} />
    </TakeInDialog>
  );
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
