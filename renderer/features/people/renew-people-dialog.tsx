import { useState } from 'react';
import type { PersonSummary } from '../../../main/contract/people.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { OneByOneProgress } from './one-by-one-progress.tsx';
import { useOneByOne } from './use-one-by-one.ts';

export interface RenewPeopleDialogProps {
  readonly people: readonly PersonSummary[];
  readonly onClose: () => void;
}

/** Asks, renews and says line by line what could not be done. */
export function RenewPeopleDialog({ people, onClose }: RenewPeopleDialogProps) {
  const [asked] = useState(people);
  const count = asked.length;
  const done = (renewed: number) => t('renewal.done', { count: renewed });
  const { going, start, stop } = useOneByOne(asked, { call: 'certificates.renew', told: done });
  const renew = () => void start((api, { id }) => api.call('certificates.renew', { person: id }));
  const actions = {
    ask: (
      <>
        <ActionButton onClick={onClose} takesFocus>
          {t('renewal.not-now')}
        </ActionButton>
        <ActionButton kind="filled" onClick={renew}>
          {t('renewal.start', { count })}
        </ActionButton>
      </>
    ),
    work: <ActionButton onClick={stop}>{t('renewal.stop')}</ActionButton>,
    done: (
      <ActionButton kind="filled" onClick={onClose} takesFocus>
        {t('renewal.close')}
      </ActionButton>
    ),
  };
  const words = {
    progress: t('renewal.progress'),
    count: (so: number) => t('renewal.count', { done: so, total: count }),
    working: t('renewal.working'),
    done,
    failed: (failures: number) => t('renewal.failed', { count: failures }),
  };
  return (
    <Dialog
      isOpen
      onClose={going.stage === 'work' ? () => undefined : onClose}
      title={t('renewal.title', { count })}
      line={t('renewal.line')}
      actions={actions[going.stage]}
      width={520}
    >
      {going.stage !== 'ask' && <OneByOneProgress going={going} total={count} words={words} />}
    </Dialog>
  );
}
