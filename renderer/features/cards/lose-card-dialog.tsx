import { IconCreditCardOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { LossPreview } from '../../../main/contract/tokens.ts';
import { formatDay } from '../../i18n/dates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import type { OutputFor } from '../../api.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useNow } from '../../ui/clock.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { HoldInstead } from './hold-instead.tsx';
import { CardIsLost } from './card-is-lost.tsx';
import { cardEnding } from './card-names.ts';
import { Finder, LossConsequences } from './loss-consequences.tsx';

export interface LoseCardDialogProps {
  /** Serial number. */
  readonly token: string;
  readonly onClose: () => void;
}

/** Says what reporting a card lost will do, does it, and says what was done and what comes next. */
export function LoseCardDialog({ token, onClose }: LoseCardDialogProps) {
  const { data, error } = useQuery('tokens.previewLoss', { token }, { isStill: true });
  const [done, setDone] = useState<OutputFor<'tokens.reportLost'>>();
  if (done !== undefined) return <CardIsLost done={done} onClose={onClose} />;
  if (data === undefined) return error === undefined ? null : <Unasked token={token} error={error} onClose={onClose} />;
  if (data.lostAt !== null) return <Unasked token={token} lostAt={data.lostAt} onClose={onClose} />;
  return <Ask preview={data} onDone={setDone} onClose={onClose} />;
}

interface UnaskedProps extends LoseCardDialogProps {
  readonly error?: unknown;
  readonly lostAt?: string;
}

function Unasked({ token, error, lostAt, onClose }: UnaskedProps) {
  const now = useNow();
  const ending = cardEnding({ serialNumber: token });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('lost-card.already', { ending })}
      actions={
        <ActionButton onClick={onClose} takesFocus>
          {t('lost-card.close')}
        </ActionButton>
      }
    >
      {lostAt === undefined ? <ErrorNotice error={error} /> : <p>{t('lost-card.already-text', { day: formatDay(lostAt, now) })}</p>}
    </Dialog>
  );
}

interface AskProps {
  readonly preview: LossPreview;
  readonly onDone: (done: OutputFor<'tokens.reportLost'>) => void;
  readonly onClose: () => void;
}

function Ask({ preview, onDone, onClose }: AskProps) {
  const { run, isRunning, error } = useCommand('tokens.reportLost');
  const announce = useAnnounce();
  const [note, setNote] = useState('');
  const { token, revoking } = preview;
  const act = async () => {
    const done = await run({ token, ...(note.trim() === '' ? {} : { note: note.trim() }) });
    if (done === undefined) return;
    announce(t('lost-card.announce'));
    onDone(done);
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      icon={<IconCreditCardOff size={26} stroke={1.6} aria-hidden />}
      title={<Title preview={preview} />}
      line={<bdi>{[...new Set(revoking.flatMap(({ emails }) => emails))].join(', ')}</bdi>}
      consequences={<LossConsequences preview={preview} />}
      act={t('lost-card.act', { ending: cardEnding({ serialNumber: token }) })}
      onAct={() => void act()}
      isActing={isRunning}
    >
      {error !== undefined && <ErrorNotice error={error} />}
      <TextArea label={t('lost-card.note')} hint={t('lost-card.note-hint')} value={note} onChange={setNote} maxLength={1000} rows={3} />
      <Finder />
      {revoking.length > 0 && <HoldInstead certificates={revoking.map(({ id }) => id)} onClose={onClose} />}
    </ConfirmDialog>
  );
}

function Title({ preview: { token, personName } }: Pick<AskProps, 'preview'>) {
  const ending = cardEnding({ serialNumber: token });
  if (personName === null) return t('lost-card.title-nobody', { ending });
  return <Sentence of="lost-card.title" with={{ ending, name: <PersonName name={personName} /> }} />;
}
