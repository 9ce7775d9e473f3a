import { AppError } from '../../../main/domain/errors.ts';
import { parsePublishUrl } from '../../../main/domain/x509/publication.ts';
import { toAsciiDomain } from '../../../main/domain/x509/domain-name.ts';
import type { InputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';

type InitInput = InputFor<'workspace.init'>;

/** What the first step asks. What is typed stays through all steps. */
export interface PracticeDraft {
  readonly name: string;
  readonly mailDomain: string;
  readonly publishUrl: string;
  readonly rootAlgorithm: NonNullable<InitInput['rootAlgorithm']>;
  readonly issuingAlgorithm: NonNullable<InitInput['issuingAlgorithm']>;
  readonly subjectAlgorithm: NonNullable<InitInput['subjectAlgorithm']>;
}

export const emptyDraft: PracticeDraft = {
  name: '',
  mailDomain: '',
  publishUrl: '',
  rootAlgorithm: 'p384',
  issuingAlgorithm: 'p256',
  subjectAlgorithm: 'rsa-3072',
};

/** What to type instead, in words, by field; empty when all may go on. */
export interface DraftFaults {
  readonly name?: string;
  readonly mailDomain?: string;
  readonly publishUrl?: string;
}

/** Looks at everything the first step asks. */
export function faultsOf(draft: PracticeDraft): DraftFaults {
  const mailDomain = domainFault(draft.mailDomain);
  const publishUrl = publishUrlFault(draft.publishUrl);
  return {
    ...(draft.name.trim() === '' ? { name: t('first-run.practice-name-missing') } : {}),
    ...(mailDomain === undefined ? {} : { mailDomain }),
    ...(publishUrl === undefined ? {} : { publishUrl }),
  };
}

/** What is wrong with a mail domain, in words; undefined when nothing is. */
export function domainFault(typed: string): string | undefined {
  const domain = typed.trim();
  if (domain === '') return t('first-run.domain-missing');
  const after = domain.slice(domain.lastIndexOf('@') + 1);
  if (domain.includes('@')) {
    return toAsciiDomain(after) === undefined ? t('first-run.domain-wrong') : t('first-run.domain-at', { domain: after });
  }
  return toAsciiDomain(domain) === undefined ? t('first-run.domain-wrong') : undefined;
}

function publishUrlFault(typed: string): string | undefined {
  if (typed.trim() === '') return undefined;
  try {
    parsePublishUrl(typed.trim());
    return undefined;
  } catch (error) {
    const isHttps = error instanceof AppError && error.details['reason'] === 'not-http';
    return t(isHttps ? 'first-run.publish-url-not-http' : 'first-run.publish-url-wrong');
  }
}

/** The practice as `workspace.init` takes it. */
export function initInput(draft: PracticeDraft, operator: string, passphrase: InitInput['passphrase']): InitInput {
  const { name, mailDomain, publishUrl, ...algorithms } = draft;
  return {
    ...algorithms,
    name: name.trim(),
    mailDomain: mailDomain.trim(),
    operator: operator.trim(),
    passphrase,
    ...(publishUrl.trim() === '' ? {} : { publishUrl: publishUrl.trim() }),
  };
}
