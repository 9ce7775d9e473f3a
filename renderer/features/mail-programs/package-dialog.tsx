import { IconFileText, IconMailCheck, IconPackageExport } from '@tabler/icons-react';
import { useState } from 'react';
import type { MailPackage } from '../../../main/contract/mail.ts';
import { mailKitName } from '../../../main/domain/mail-client/kit/kits.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useMay } from '../../state/role.ts';
import { useGo } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Answers } from '../../ui/answers.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useHandOverSheet } from '../people/use-hand-over-sheet.ts';
import { TestMessageDialog } from './test-message-dialog.tsx';
import { packageLooks } from './package-words.ts';
import styles from '../people/person-dialogs.module.css';

export interface PackageDialogProps {
  readonly one: MailPackage;
  readonly onClose: () => void;
}

/** One package: how far it has come, and the next step. */
export function PackageDialog({ one, onClose }: PackageDialogProps) {
  const [isTesting, setTesting] = useState(false);
  const may = useMay();
  const go = useGo();
  const sheet = useHandOverSheet(one.person, one.client);
  if (isTesting) return <TestMessageDialog person={{ id: one.person, name: one.name }} client={one.client} onClose={onClose} />;
  const isHeld = one.state === 'picked-up' || one.state === 'proved' || one.state === 'waiting';
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('packages.close')}</ActionButton>
      {may('people.handoverSheet') && (
        <ActionButton icon={IconFileText} onClick={() => void sheet.save()} isWorking={sheet.isWorking}>
          {t('hand-over.sheet')}
        </ActionButton>
      )}
      {isHeld && may('mail.test') && (
        <ActionButton icon={IconMailCheck} kind={one.state === 'picked-up' ? 'filled' : 'default'} onClick={() => setTesting(true)}>
          {t('test-message.open')}
        </ActionButton>
      )}
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Sentence of="packages.of" with={{ name: <PersonName name={one.name} /> }} />}
      line={t('packages.number', { number: one.number })}
      actions={actions}
      width={560}
    >
      <div className={styles.rows}>
        {sheet.error !== undefined && <ErrorNotice error={sheet.error} />}
        <StatusText state={packageLooks[one.state]} isSentence>
          {t(`package-says.${one.state}`)}
        </StatusText>
        {one.error !== null && (
          <p>
            {one.error.message} {one.error.hint}
          </p>
        )}
        <Answers rows={factsOf(one)} />
        {one.state === 'waiting' && may('mail.pickUp') && <PickUp one={one} onDone={onClose} />}
        {sheet.path !== undefined && <StatusText state="fine">{t('hand-over.sheet-saved', { path: sheet.path })}</StatusText>}
        <LinkButton onClick={() => go({ name: 'person', id: one.person })}>{t('packages.to-person')}</LinkButton>
      </div>
    </Dialog>
  );
}

function factsOf({ client, askedAt, pickedUpAt, expiresAt, provedAt }: MailPackage) {
  const day = (at: string | null) => (at === null ? t('packages.not-yet') : <DateText of={at} />);
  return [
    { question: t('packages.column.program'), answer: mailKitName(client) },
    { question: t('packages.asked'), answer: day(askedAt) },
    { question: t('packages.picked-up'), answer: day(pickedUpAt) },
    ...(pickedUpAt === null ? [{ question: t('packages.column.until'), answer: day(expiresAt) }] : []),
    { question: t('packages.proved'), answer: day(provedAt) },
  ];
}

/** Somebody stands at the desk and takes it along. */
function PickUp({ one, onDone }: { readonly one: MailPackage; readonly onDone: () => void }) {
  const [note, setNote] = useState('');
  const pickUp = useCommand('mail.pickUp');
  const announce = useAnnounce();
  const act = async () => {
    if ((await pickUp.run({ package: one.id, ...(note.trim() === '' ? {} : { note }) })) === undefined) return;
    announce(t('packages.picked-up-done', { name: one.name }));
    onDone();
  };
  return (
    <>
      {pickUp.error !== undefined && <ErrorNotice error={pickUp.error} />}
      <TextField label={t('packages.note')} hint={t('packages.note-hint')} value={note} onChange={setNote} maxLength={500} />
      <ActionButton kind="filled" icon={IconPackageExport} isWorking={pickUp.isRunning} onClick={() => void act()}>
        {t('packages.pick-up')}
      </ActionButton>
    </>
  );
}
