import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { FileContent } from '../../../main/contract/secret.ts';
import type { OutputFor } from '../../api.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';

/** A mail that may be the answer to a test message: taken as proof, or why it proves nothing. */
export function AnswerNotice({ file }: { readonly file: FileContent }) {
  const take = useCommand('mail.takeProof');
  const announce = useAnnounce();
  const [proof, setProof] = useState<OutputFor<'mail.takeProof'>>();
  const act = async () => {
    const taken = await take.run({ file });
    if (taken === undefined) return;
    setProof(taken);
    announce(t('test-message.proved', { name: taken.name }));
  };
  if (proof !== undefined)
    return (
      <Notice state="fine" title={<Sentence of="test-message.proved" with={{ name: <PersonName name={proof.name} /> }} />}>
        {t(proof.released.length > 0 ? 'mail.key-left' : 'mail.key-stays')}
      </Notice>
    );
  if (take.error !== undefined) return <ErrorNotice error={take.error} />;
  const button = (
    <ActionButton icon={IconCheck} kind="filled" isWorking={take.isRunning} onClick={() => void act()}>
      {t('test-message.take')}
    </ActionButton>
  );
  return (
    <Notice state="waiting" title={t('test-message.may-be')} action={button}>
      {t('test-message.may-be-text')}
    </Notice>
  );
}
