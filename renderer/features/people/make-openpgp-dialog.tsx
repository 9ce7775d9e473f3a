import { useState } from 'react';
import type { PersonDetails } from '../../../main/contract/people.ts';
import type { OpenPgpAlgorithm } from '../../../main/domain/openpgp/algorithm.ts';
import { groupFingerprint } from '../../../main/domain/openpgp/fingerprint.ts';
import { openPgpDays, openPgpValidity } from '../../../main/domain/openpgp/validity.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useNow } from '../../ui/clock.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { OpenPgpKindField } from './openpgp-kind-field.tsx';
import styles from './person-dialogs.module.css';

export interface MakeOpenPgpDialogProps {
  readonly person: PersonDetails;
  readonly onClose: () => void;
  readonly onHandOver: () => void;
}

/** Asks, makes the key, and shows its fingerprint. */
export function MakeOpenPgpDialog({ person, onClose, onHandOver }: MakeOpenPgpDialogProps) {
  const [fingerprint, setFingerprint] = useState<string>();
  const [algorithm, setAlgorithm] = useState<OpenPgpAlgorithm>('curve25519');
  const generate = useCommand('openpgp.generate');
  const announce = useAnnounce();
  const make = async () => {
    const made = await generate.run({ person: person.id, algorithm });
    if (made === undefined) return;
    setFingerprint(made.fingerprint);
    announce(t('openpgp.made'));
  };
  if (fingerprint !== undefined) return <Made person={person} fingerprint={fingerprint} onClose={onClose} onHandOver={onHandOver} />;
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={generate.isRunning}>
        {t('openpgp.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void make()} isWorking={generate.isRunning} takesFocus>
        {t('openpgp.start')}
      </ActionButton>
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={generate.isRunning ? () => undefined : onClose}
      title={<Sentence of="openpgp.make-title" with={{ name: <PersonName name={person.name} /> }} />}
      line={t('openpgp.make-line')}
      actions={actions}
      width={500}
    >
      <div className={styles.rows}>
        {generate.error !== undefined && <ErrorNotice error={generate.error} />}
        <WhatIsMade person={person} />
        <OpenPgpKindField algorithm={algorithm} onChange={setAlgorithm} />
      </div>
    </Dialog>
  );
}

function WhatIsMade({ person: { mailboxes, openPgp } }: { readonly person: PersonDetails }) {
  const { expiresAt } = openPgpValidity(useNow(), openPgpDays.default);
  const rows = [
    { term: t('openpgp.addresses'), value: <bdi>{mailboxes.join(', ')}</bdi> },
    { term: t('openpgp.until'), value: <DateText of={expiresAt} as="short" /> },
    { term: t('openpgp.ends'), value: t('openpgp.ends-text') },
  ];
  return (
    <>
      <Facts rows={rows} termWidth={130} />
      {openPgp.length > 0 && (
        <StatusText state="kept" isSentence>
          {t('openpgp.kept-text')}
        </StatusText>
      )}
    </>
  );
}

function Made({ person, fingerprint, onClose, onHandOver }: MakeOpenPgpDialogProps & { readonly fingerprint: string }) {
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('openpgp.later')}</ActionButton>
      <ActionButton kind="filled" onClick={onHandOver} takesFocus>
        {t('openpgp.hand-over')}
      </ActionButton>
    </>
  );
  const title = <Sentence of="openpgp.made-title" with={{ name: <PersonName name={person.name} /> }} />;
  return (
    <Dialog isOpen onClose={onClose} title={title} line={t('openpgp.made-line')} actions={actions} width={580}>
      <div className={styles.rows}>
        <StatusText state="fine" isSentence>
          {t('openpgp.made')}
        </StatusText>
        <Fingerprint fingerprint={fingerprint} />
      </div>
    </Dialog>
  );
}

/** In groups of four, to be read aloud. */
function Fingerprint({ fingerprint }: { readonly fingerprint: string }) {
  const value = <CopyText text={groupFingerprint(fingerprint)} label={t('openpgp.fingerprint')} isMono />;
  return <Facts rows={[{ term: t('openpgp.fingerprint'), value }]} />;
}
