import { IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import type { Language } from '../../../main/domain/locale/languages.ts';
import { handoverProgramName, mailProgramIds, type HandoverClient } from '../../../main/domain/mail-client/handover-guide.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { LanguageField } from './language-field.tsx';
import { useHandOverSheet } from './use-hand-over-sheet.ts';
import styles from './person-dialogs.module.css';

export interface SheetPartProps {
  readonly person: string;
  /** The program the keys were made for; asked where that is not known. */
  readonly client?: HandoverClient;
}

const programs = mailProgramIds.map((program) => ({ value: program, label: handoverProgramName(program) }));

/** The page that tells the person what they got and what to do, in their language and with the buttons of their program. */
export function SheetPart({ person, client }: SheetPartProps) {
  const [program, setProgram] = useState<HandoverClient>(client ?? 'files');
  const language = useQuery('people.show', { person }).data?.language;
  const speak = useCommand('people.setLanguage');
  const sheet = useHandOverSheet(person, program);
  const error = speak.error ?? sheet.error;
  const choose = (chosen: Language) => void speak.run({ person, language: chosen });
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} />}
      <div className={styles.pair}>
        {client === undefined && (
          <SelectField<HandoverClient> label={t('hand-over.program')} value={program} options={programs} onChange={setProgram} />
        )}
        {language !== undefined && <LanguageField value={language} onChange={choose} />}
      </div>
      <div className={styles.result}>
        {sheet.path !== undefined && (
          <StatusText state="fine" isSentence>
            {t('hand-over.sheet-saved', { path: sheet.path })}
          </StatusText>
        )}
        <ActionButton icon={IconFileText} onClick={() => void sheet.save()} isWorking={sheet.isWorking || speak.isRunning}>
          {t('hand-over.sheet')}
        </ActionButton>
      </div>
    </>
  );
}
