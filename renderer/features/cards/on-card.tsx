import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { cardEnding, type Owner } from './card-names.ts';
import type { Enrolled } from './use-card-enrolment.ts';
import styles from './card-dialogs.module.css';

export interface OnCardProps {
  readonly card: TokenSummary;
  readonly person: NonNullable<Owner>;
  readonly done: Enrolled;
  /** Asks for the PIN once more, where the certificate could not be written to the card. */
  readonly onFinish: () => void;
  readonly onClose: () => void;
}

/** What was made, with the ways to the person and to the record; or what is still to be done. */
export function OnCard({ card, person, done, onFinish, onClose }: OnCardProps) {
  const go = useGo();
  const { unfinished } = done;
  const ending = cardEnding(card);
  const next =
    unfinished === null ? (
      <ActionButton kind="filled" goesOn takesFocus onClick={() => go({ name: 'person', id: person.id })}>
        {t('on-card.person')}
      </ActionButton>
    ) : (
      <ActionButton kind="filled" takesFocus onClick={onFinish}>
        {t('on-card.finish')}
      </ActionButton>
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={
        <Sentence
          of={`on-card.${unfinished === null ? 'title' : 'title-not-yet'}`}
          with={{ name: <PersonName name={person.name} />, ending }}
        />
      }
      width={500}
      aside={<LinkButton onClick={() => go({ name: 'audit', entry: done.auditIndex })}>{t('on-card.entry')}</LinkButton>}
      actions={
        <>
          <ActionButton onClick={onClose}>{t(unfinished === null ? 'on-card.close' : 'on-card.later')}</ActionButton>
          {next}
        </>
      }
    >
      {unfinished === null ? (
        <Made count={done.certificates.length} />
      ) : (
        <Notice state="soon" title={t('on-card.not-yet')}>
          {unfinished.message} {unfinished.hint}
        </Notice>
      )}
    </Dialog>
  );
}

function Made({ count }: { readonly count: number }) {
  return (
    <div className={styles.form}>
      <StatusText state="fine">{t('on-card.made', { count })}</StatusText>
      <StatusText state="fine">{t('on-card.signing')}</StatusText>
      <StatusText state="kept" isSentence>
        {t('on-card.opening')}
      </StatusText>
    </div>
  );
}
