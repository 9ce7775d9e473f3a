import type { PersonDetails } from '../../../main/contract/people.ts';
import { formatDay } from '../../i18n/dates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { useMayOverride } from '../../state/role.ts';
import { useCommand } from '../../state/use-command.ts';
import { useState, type ReactNode } from 'react';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useNow } from '../../ui/clock.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { breaksRule, OverrideReason } from '../../ui/override-reason.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import styles from './person-dialogs.module.css';
import { onCard, renewsHere } from './renewable.ts';

export interface RenewDialogProps {
  readonly person: PersonDetails;
  readonly onClose: () => void;
  readonly onHandOver: () => void;
}

interface Renewed {
  readonly certificates: readonly string[];
  readonly kept: readonly string[];
}

/** Renews here what is in the vault; what is due on a card is renewed with the card in the reader. */
export function RenewDialog(props: RenewDialogProps) {
  return renewsHere(props.person.certificates, useNow()) ? <RenewHere {...props} /> : <RenewOnCard {...props} />;
}

function RenewOnCard({ person, onClose }: RenewDialogProps) {
  const go = useGo();
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('renew.not-now')}</ActionButton>
      <ActionButton kind="filled" goesOn takesFocus onClick={() => go({ name: 'cards' })}>
        {t('renew.to-cards')}
      </ActionButton>
    </>
  );
  const title = <Sentence of="renew.title" with={{ name: <PersonName name={person.name} /> }} />;
  return (
    <Dialog isOpen onClose={onClose} title={title} line={t('renew.on-card')} actions={actions} width={500}>
      <StatusText state="waiting">{t('renew.on-card-then')}</StatusText>
    </Dialog>
  );
}

/** Asks, makes new keys, and says what was made and what is kept. */
function RenewHere({ person, onClose, onHandOver }: RenewDialogProps) {
  const renew = useCommand('certificates.renew');
  const announce = useAnnounce();
  const [renewed, setRenewed] = useState<Renewed>();
  const [reason, setReason] = useState('');
  const mayOverride = useMayOverride();
  const isStopped = mayOverride && breaksRule(renew.error);
  const start = async () => {
    const result = await renew.run({ person: person.id, ...(isStopped ? { override: reason } : {}) });
    if (result === undefined) return;
    setRenewed(result);
    announce(t('renew.done', { count: result.certificates.length }));
  };
  const [card] = onCard(person.certificates);
  const title = <Sentence of="renew.title" with={{ name: <PersonName name={person.name} /> }} />;
  if (renewed !== undefined) return <Done title={title} renewed={renewed} onClose={onClose} onHandOver={onHandOver} />;
  const actions = (
    <>
      <ActionButton onClick={onClose} takesFocus isDisabled={renew.isRunning}>
        {t('renew.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void start()} isWorking={renew.isRunning} isDisabled={isStopped && reason.trim() === ''}>
        {t(isStopped ? 'override.renew' : 'renew.start')}
      </ActionButton>
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={renew.isRunning ? () => undefined : onClose}
      title={title}
      line={t(card === undefined ? 'renew.line' : 'renew.line-beside-card')}
      actions={actions}
      width={500}
    >
      <div className={styles.rows}>
        {renew.error !== undefined && <ErrorNotice error={renew.error} />}
        {isStopped && <OverrideReason value={reason} onChange={setReason} />}
        {renew.isRunning ? (
          <StatusText state="working">{t('renew.working')}</StatusText>
        ) : (
          <>
            {card !== undefined && <CardStays notAfter={card.notAfter} />}
            <StatusText state="kept" isSentence>
              {t('renew.keeps')}
            </StatusText>
            <StatusText state="waiting">{t('renew.then')}</StatusText>
          </>
        )}
      </div>
    </Dialog>
  );
}

function CardStays({ notAfter }: { readonly notAfter: string }) {
  return (
    <StatusText state="fine" isSentence>
      {t('renew.card-stays', { day: formatDay(notAfter, useNow()) })}
    </StatusText>
  );
}

interface DoneProps {
  readonly title: ReactNode;
  readonly renewed: Renewed;
  readonly onClose: () => void;
  readonly onHandOver: () => void;
}

function Done({ title, renewed, onClose, onHandOver }: DoneProps) {
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('renew.later')}</ActionButton>
      <ActionButton kind="filled" onClick={onHandOver} takesFocus>
        {t('renew.hand-over')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={title} actions={actions} width={500}>
      <div className={styles.rows}>
        <StatusText state="fine">{t('renew.done', { count: renewed.certificates.length })}</StatusText>
        {renewed.kept.length > 0 && (
          <StatusText state="kept" isSentence>
            {t('renew.done-kept')}
          </StatusText>
        )}
      </div>
    </Dialog>
  );
}
