import { useState } from 'react';
import { FileContent, type Secret } from '../../../main/contract/client.ts';
import type { CertificateSummary } from '../../../main/contract/certificates.ts';
import type { MailKitId } from '../../../main/domain/mail-client/kit/kits.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ChoiceCards } from '../../ui/choice-cards.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TestMessageDialog } from '../mail-programs/test-message-dialog.tsx';
import { MailHere } from './mail-here.tsx';
import { ReadsMail, useElsewhere } from './reads-mail.tsx';
import { HandedOver } from './handed-over.tsx';
import { canBeCompatible, keptKeys, keysInUse, keysToHandOver } from './hand-over-keys.ts';
import styles from './person-dialogs.module.css';

export interface HandOverDialogProps {
  readonly person: { readonly id: string; readonly name: string; readonly certificates: readonly CertificateSummary[] };
  readonly onClose: () => void;
  /** Instead of a file, a mail program on this computer; left out where the dialog cannot lead there. */
  readonly onMail?: () => void;
}

type Format = 'p12-modern' | 'p12-compatible';

interface MadeFiles {
  readonly files: readonly FileContent[];
  readonly password: Secret | null;
  /** The program they are for; left out for the plain file of keys. */
  readonly client?: MailKitId;
}

/** Makes what a person's mail program takes, wherever that is, and shows its password this once. */
export function HandOverDialog({ person, onClose, onMail }: HandOverDialogProps) {
  const [made, setMade] = useState<MadeFiles>();
  const [isTesting, setTesting] = useState(false);
  const close = () => {
    made?.password?.wipe();
    onClose();
  };
  if (isTesting)
    return <TestMessageDialog person={person} {...(made?.client === undefined ? {} : { client: made.client })} onClose={close} />;
  return made === undefined ? (
    <AskHow person={person} onClose={close} onMade={setMade} {...(onMail === undefined ? {} : { onMail })} />
  ) : (
    <HandedOver
      person={person}
      files={made.files}
      password={made.password}
      {...(made.client === undefined ? {} : { client: made.client })}
      onClose={close}
      onTest={() => setTesting(true)}
    />
  );
}

function AskHow({ person, onClose, onMade, onMail }: HandOverDialogProps & { readonly onMade: (made: MadeFiles) => void }) {
  const [format, setFormat] = useState<Format>('p12-modern');
  const [withKept, setWithKept] = useState(false);
  const { program, setProgram, programs, obstacle, makeKit } = useElsewhere(person.id);
  const exportKeys = useCommand('certificates.exportPrivateKey');
  const inUse = keysToHandOver(person.certificates);
  const isOneOnCard = inUse.length < keysInUse(person.certificates).length;
  const kept = keptKeys(person.certificates);
  const makeFile = async (): Promise<MadeFiles | undefined> => {
    const chosen = withKept ? [...inUse, ...kept] : inUse;
    const made = await exportKeys.run({ certificates: chosen.map(({ id }) => id), format });
    return made && { files: [new FileContent(made.file.name, made.file.bytes)], password: made.password };
  };
  const make = async () => {
    const made = await (program === '' ? makeFile() : makeKit.run({ person: person.id, client: program }));
    if (made !== undefined) onMade(program === '' ? made : { ...made, client: program });
  };
  const isWorking = exportKeys.isRunning || makeKit.isRunning;
  const failure = exportKeys.error ?? makeKit.error;
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('hand-over.not-now')}</ActionButton>
      <ActionButton kind="filled" onClick={() => void make()} isWorking={isWorking} isDisabled={obstacle !== null} takesFocus>
        {t('hand-over.make')}
      </ActionButton>
    </>
  );
  const title = <Sentence of="hand-over.title" with={{ name: <PersonName name={person.name} /> }} />;
  return (
    <Dialog isOpen onClose={onClose} title={title} line={t('hand-over.line')} actions={actions} width={500}>
      <div className={styles.rows}>
        {failure !== undefined && <ErrorNotice error={failure} />}
        {onMail !== undefined && <MailHere onMail={onMail} />}
        <ReadsMail programs={programs} program={program} onProgram={setProgram} obstacle={obstacle} />
        {program === '' && <FormatChoice certificates={inUse} format={format} onFormat={setFormat} />}
        {isOneOnCard && (
          <StatusText state="kept" isSentence>
            {t('hand-over.on-card')}
          </StatusText>
        )}
        {program === '' && kept.length > 0 && (
          <CheckField
            label={t('hand-over.with-kept', { count: kept.length })}
            hint={t('hand-over.with-kept-hint')}
            isChecked={withKept}
            onChange={setWithKept}
          />
        )}
      </div>
    </Dialog>
  );
}

interface FormatChoiceProps {
  readonly certificates: readonly CertificateSummary[];
  readonly format: Format;
  readonly onFormat: (format: Format) => void;
}

/** By mail program, in words. Programs that need the weaker lock read RSA keys only. */
function FormatChoice({ certificates, format, onFormat }: FormatChoiceProps) {
  const isCompatible = canBeCompatible(certificates);
  const modern = { value: 'p12-modern', title: t('hand-over.modern'), detail: t('hand-over.modern-detail') } as const;
  const compatible = { value: 'p12-compatible', title: t('hand-over.compatible'), detail: t('hand-over.compatible-detail') } as const;
  return (
    <>
      <ChoiceCards label={t('hand-over.for')} choices={isCompatible ? [modern, compatible] : [modern]} value={format} onChange={onFormat} />
      {!isCompatible && (
        <p className={styles.once}>{t('hand-over.only-modern', { algorithm: certificates[0]?.keyAlgorithm.toUpperCase() ?? '' })}</p>
      )}
    </>
  );
}
