import type { ErrorLocale } from '../../main/domain/locale/word-error.ts';
import account from '../../resources/locales/en/account.json';
import backup from '../../resources/locales/en/backup.json';
import cards from '../../resources/locales/en/cards.json';
import enrol from '../../resources/locales/en/enrol.json';
import errors from '../../resources/locales/en/errors.json';
import people from '../../resources/locales/en/people.json';
import firstRun from '../../resources/locales/en/first-run.json';
import openpgp from '../../resources/locales/en/openpgp.json';
import incidents from '../../resources/locales/en/incidents.json';
import operators from '../../resources/locales/en/operators.json';
import recovery from '../../resources/locales/en/recovery.json';
import overview from '../../resources/locales/en/overview.json';
import palette from '../../resources/locales/en/palette.json';
import passphrase from '../../resources/locales/en/passphrase.json';
import signIn from '../../resources/locales/en/sign-in.json';
import revoke from '../../resources/locales/en/revoke.json';
import applications from '../../resources/locales/en/applications.json';
import approvals from '../../resources/locales/en/approvals.json';
import audit from '../../resources/locales/en/audit.json';
import certificates from '../../resources/locales/en/certificates.json';
import authorities from '../../resources/locales/en/authorities.json';
import requests from '../../resources/locales/en/requests.json';
import profiles from '../../resources/locales/en/profiles.json';
import mailPrograms from '../../resources/locales/en/mail-programs.json';
import mail from '../../resources/locales/en/mail.json';
import settings from '../../resources/locales/en/settings.json';
import viewer from '../../resources/locales/en/viewer.json';
import window from '../../resources/locales/en/window.json';

/** The language of the words below. */
export const language = 'en';

/** Every sentence of the window by section and key. A file of sentences joins by one import and one line here. */
export const messages = {
  ...window,
  ...signIn,
  ...passphrase,
  ...palette,
  ...overview,
  ...firstRun,
  ...people,
  ...openpgp,
  ...enrol,
  ...cards,
  ...revoke,
  ...audit,
  ...certificates,
  ...authorities,
  ...requests,
  ...profiles,
  ...operators,
  ...account,
  ...settings,
  ...backup,
  ...viewer,
  ...recovery,
  ...incidents,
  ...applications,
  ...approvals,
  ...mailPrograms,
  mail: mail.mail,
};

export const errorMessages: ErrorLocale = errors.errors;

/** The reader's own way of writing dates and numbers, where it fits the language of the words. */
export const formatLocale = (preferred: readonly string[] = navigator.languages): string =>
  preferred.find((tag) => tag.startsWith(`${language}-`)) ?? 'en-GB';
