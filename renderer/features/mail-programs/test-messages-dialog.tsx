import { IconDeviceFloppy, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { FileContent } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import type { Api } from '../../api.ts';
import { useApi } from '../../state/api-context.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { OneByOneProgress } from '../people/one-by-one-progress.tsx';
import { useOneByOne } from '../people/use-one-by-one.ts';
import { InTheWay } from './in-the-way.tsx';

export interface TestMessagesDialogProps {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly onClose: () => void;
}

/** What no message gets past: the practice's mailbox and mail server. */
const everybodys = new Set([
  'client.no-sender',
  'client.sender-somebody',
  'client.no-mail-server',
  'remote.unreachable',
  'remote.untrusted',
]);

const send = (api: Api, person: string) => api.call('mail.test', { person, send: true });

async function saveInto(api: Api, folder: string, person: string): Promise<void> {
  const { file } = await api.call('mail.test', { person, send: false });
  if (file !== null) await api.shell('saveInFolder', { folder, files: [new FileContent(file.name, file.bytes)] });
}

/** A test message to each of several people: sent one after the other, or saved into a folder. */
export function TestMessagesDialog({ people, onClose }: TestMessagesDialogProps) {
  const api = useApi();
  const [asked] = useState(people);
  const { data: how } = useQuery('submission.show', {});
  const count = asked.length;
  const done = (made: number) => t('test-messages.done', { count: made });
  const { going, start, stop } = useOneByOne(asked, { call: 'mail.test', told: done, endsWith: everybodys });
  const save = async () => {
    const { folder } = await api.shell('chooseFolder', { title: t('test-messages.where') });
    if (folder !== null) await start((calls, { id }) => saveInto(calls, folder.id, id));
  };
  const isReady = how !== undefined && how.sender !== null;
  const actions = {
    ask: (
      <>
        <ActionButton onClick={onClose}>{t('hand-over.not-now')}</ActionButton>
        <ActionButton icon={IconDeviceFloppy} isDisabled={!isReady} onClick={() => void save()}>
          {t('test-messages.save')}
        </ActionButton>
        <ActionButton
          kind="filled"
          icon={IconSend}
          isDisabled={!isReady || how.server === null}
          onClick={() => void start((calls, { id }) => send(calls, id))}
        >
          {t('test-messages.send')}
        </ActionButton>
      </>
    ),
    work: <ActionButton onClick={stop}>{t('packages.stop')}</ActionButton>,
    done: (
      <ActionButton kind="filled" onClick={onClose} takesFocus>
        {t('packages.close')}
      </ActionButton>
    ),
  };
  const words = {
    progress: t('test-messages.progress'),
    count: (so: number) => t('renewal.count', { done: so, total: count }),
    working: t('test-messages.working'),
    done,
    failed: (failures: number) => t('test-messages.failed', { count: failures }),
  };
  return (
    <Dialog
      isOpen
      onClose={going.stage === 'work' ? () => undefined : onClose}
      title={t('test-messages.title', { count })}
      line={t('test-messages.line')}
      actions={actions[going.stage]}
      width={560}
    >
      {going.stage === 'ask' ? <InTheWay how={how} /> : <OneByOneProgress going={going} total={count} words={words} />}
    </Dialog>
  );
}
