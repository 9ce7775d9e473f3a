import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { cardEnding } from './card-names.ts';
import { Finder } from './loss-consequences.tsx';
import styles from './card-dialogs.module.css';

export interface CardIsLostProps {
  readonly done: OutputFor<'tokens.reportLost'>;
  readonly onClose: () => void;
}

/** What was done about a lost card, what its finder can do, and the next step: a new one. */
export function CardIsLost({ done, onClose }: CardIsLostProps) {
  const go = useGo();
  const { token, revoked, lists, owing, openPgp, authorities, auditIndex, knownBy } = done;
  const seeRevoked = () => go({ name: 'revoked', entry: auditIndex, ...(knownBy === null ? {} : { knownBy }) });
  const toCards = () => {
    onClose();
    go({ name: 'cards' });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('lost-card.done', { ending: cardEnding({ serialNumber: token }) })}
      width={560}
      aside={
        revoked.length === 0 ? (
          <LinkButton onClick={() => go({ name: 'audit', entry: auditIndex })}>{t('lost-card.entry')}</LinkButton>
        ) : (
          <LinkButton onClick={seeRevoked}>{t('lost-card.see')}</LinkButton>
        )
      }
      actions={
        <>
          <ActionButton onClick={onClose}>{t('lost-card.close')}</ActionButton>
          <ActionButton kind="filled" goesOn takesFocus onClick={toCards}>
            {t('lost-card.next')}
          </ActionButton>
        </>
      }
    >
      <div className={styles.form}>
        {(revoked.length > 0 || openPgp.length === 0) && (
          <StatusText state="fine">{t('lost-card.revoked', { count: revoked.length })}</StatusText>
        )}
        {openPgp.map(({ id, isRevoked }) => (
          <StatusText key={id} state={isRevoked ? 'fine' : 'waiting'} isSentence>
            {t(isRevoked ? 'lost-card.openpgp-done' : 'lost-card.openpgp-owed')}
          </StatusText>
        ))}
        {authorities.length > 0 && (
          <StatusText state="waiting" isSentence>
            {t('lost-card.authority-text', { names: authorities.join(', ') })}
          </StatusText>
        )}
        {lists.map(({ authority, number }) => (
          <StatusText key={authority} state="fine" isSentence>
            {t('lost-card.list', { number: String(number) })}
          </StatusText>
        ))}
        {owing.length > 0 && (
          <StatusText state="waiting" isSentence>
            {t('lost-card.owing-text', { names: owing.join(', ') })}
          </StatusText>
        )}
        <Finder />
      </div>
    </Dialog>
  );
}
