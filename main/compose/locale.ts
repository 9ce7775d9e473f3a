import audit from '../../resources/locales/en/audit.json' with { type: 'json' };
import backupGuideLines from '../../resources/locales/en/backup-guide.json' with { type: 'json' };
import checkpointSheet from '../../resources/locales/en/checkpoint-sheet.json' with { type: 'json' };
import errors from '../../resources/locales/en/errors.json' with { type: 'json' };
import handover from '../../resources/locales/en/handover.json' with { type: 'json' };
import handoverGerman from '../../resources/locales/de/handover.json' with { type: 'json' };
import handoverSpanish from '../../resources/locales/es/handover.json' with { type: 'json' };
import handoverFrench from '../../resources/locales/fr/handover.json' with { type: 'json' };
import incidentRecord from '../../resources/locales/en/incident-record.json' with { type: 'json' };
import incidents from '../../resources/locales/en/incidents.json' with { type: 'json' };
import logGuideLines from '../../resources/locales/en/log-guide.json' with { type: 'json' };
import mail from '../../resources/locales/en/mail.json' with { type: 'json' };
import staffList from '../../resources/locales/en/staff-list.json' with { type: 'json' };
import type { CheckpointSheetWords } from '../domain/locale/checkpoint-sheet-words.ts';
import type { IncidentWords } from '../domain/locale/incident-words.ts';
import type { HandoverPage, HandoverPages } from '../domain/locale/handover-words.ts';
import type { MailLocale } from '../domain/locale/word-mail.ts';
import type { FaultLocale } from '../domain/locale/word-fault.ts';
import type { FindingLocale } from '../domain/locale/word-finding.ts';
import type { ErrorLocale } from '../domain/locale/word-error.ts';

/** English is the only locale of the program so far; the window words what people read through its own copy of these files. */
export const errorLocale: ErrorLocale = errors.errors;

/** What can be found in a staff list. */
export const findingLocale: FindingLocale = staffList;

/** What can be wrong with the log. */
export const faultLocale: FaultLocale = audit.verdict;

/** The page that is handed over with keys: for staff, so in their languages. */
export const handoverPages: HandoverPages = {
  en: pageOf(handover),
  de: pageOf(handoverGerman),
  es: pageOf(handoverSpanish),
  fr: pageOf(handoverFrench),
};

function pageOf(sections: { readonly handover: HandoverPage['words']; readonly 'handover-guide': HandoverPage['guides'] }): HandoverPage {
  return { words: sections.handover, guides: sections['handover-guide'] };
}

/** The page that a total of the log is kept on. */
export const checkpointSheetWords: CheckpointSheetWords = checkpointSheet['checkpoint-sheet'];

/** The printed record of an incident. */
export const incidentWords: IncidentWords = { ...incidentRecord['incident-record'], alarms: incidents.alarm };

/** What lies beside an exported log, for whoever is to verify it. */
export const logGuide: string = `${logGuideLines['log-guide'].join('\n')}\n`;

/** What lies in a backup, for whoever opens it without Keyward. */
export const backupGuide: string = `${backupGuideLines['backup-guide'].join('\n')}\n`;

/** What is said about mail programs. */
export const mailLocale: MailLocale = {
  findings: mail['mail-finding'],
  test: mail['mail-test'],
  uses: mail['mail-use'],
  writes: mail['mail-write'],
};
