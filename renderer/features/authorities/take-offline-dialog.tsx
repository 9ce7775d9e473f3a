import { useState } from 'react';
import { FileContent, type Secret } from '../../../main/contract/client.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { PersonName } from '../../ui/person-name.tsx';
import type { AuthorityDialogProps } from './authority-act.ts';
import { AskForPassword, type SavedKey } from './offline-password.tsx';
import { ProveKeyFile } from './offline-prove.tsx';
import { SaveKeyFile } from './offline-save.tsx';
import { OutcomeDialog } from './outcome-dialog.tsx';

/** Where one is on the way of a key out of the vault. */
type Stage = 'password' | 'save' | 'prove' | 'done';

/**
 * Takes an authority's key offline: into an encrypted file, which is saved, opened again from where it will be kept, and only then alone.
 * Whoever stops before has changed nothing.
 */
export function TakeOfflineDialog({ authority, onClose }: AuthorityDialogProps) {
  const [stage, setStage] = useState<Stage>('password');
  const [made, setMade] = useState<SavedKey>();
  const close = () => {
    made?.password?.wipe();
    onClose();
  };
  const take = ({ file, password }: { readonly file: FileContent; readonly password: Secret | null }) => {
    setMade({ file: new FileContent(file.name, file.bytes), password });
    setStage('save');
  };
  const title = <Sentence of="take-offline.title" with={{ name: <PersonName name={authority.name} /> }} />;
  const shared = { authority, title, onClose: close };
  if (stage === 'done') {
    return (
      <OutcomeDialog title={title} done={t('take-offline.made')} next={[t('take-offline.next'), t('take-offline.keep')]} onClose={close} />
    );
  }
  if (stage === 'prove') return <ProveKeyFile {...shared} onBack={() => setStage('save')} onDone={() => setStage('done')} />;
  if (made !== undefined) return <SaveKeyFile {...shared} made={made} onNext={() => setStage('prove')} />;
  return <AskForPassword {...shared} onMade={take} />;
}
