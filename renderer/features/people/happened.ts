import type { PersonHistoryEntry } from '../../../main/contract/people.ts';
import { t, type MessageKey } from '../../i18n/translate.ts';
import type { State } from '../../ui/status.ts';

type Told = Pick<PersonHistoryEntry, 'action' | 'outcome' | 'subject'>;

interface Wording {
  readonly words: MessageKey;
  readonly state: State;
}

const wordings: Readonly<Record<string, Wording>> = {
  'people.import': { words: 'happened.people.import', state: 'fine' },
  'people.add': { words: 'happened.people.add', state: 'fine' },
  'people.set-language': { words: 'happened.people.set-language', state: 'fine' },
  'people.leave': { words: 'happened.people.leave', state: 'kept' },
  'operator.add': { words: 'happened.operator.add', state: 'fine' },
  'operator.person': { words: 'happened.operator.person', state: 'fine' },
  'application.file': { words: 'happened.application.file', state: 'waiting' },
  'application.approve': { words: 'happened.application.approve', state: 'fine' },
  'application.refuse': { words: 'happened.application.refuse', state: 'ended' },
  'application.withdraw': { words: 'happened.application.withdraw', state: 'kept' },
  'enrollment.issue': { words: 'happened.enrollment.issue', state: 'fine' },
  'certificate.renew': { words: 'happened.certificate.renew', state: 'fine' },
  'certificate.revoke': { words: 'happened.certificate.revoke', state: 'ended' },
  'certificate.suspend': { words: 'happened.certificate.suspend', state: 'held' },
  'certificate.resume': { words: 'happened.certificate.resume', state: 'fine' },
  'certificate.export': { words: 'happened.certificate.export', state: 'fine' },
  'certificate.request': { words: 'happened.certificate.request', state: 'waiting' },
  'certificate.request-withdraw': { words: 'happened.certificate.request-withdraw', state: 'ended' },
  'certificate.accept': { words: 'happened.certificate.accept', state: 'fine' },
  'certificate.import': { words: 'happened.certificate.import', state: 'fine' },
  'authority.sign-request': { words: 'happened.authority.sign-request', state: 'fine' },
  'openpgp.generate': { words: 'happened.openpgp.generate', state: 'fine' },
  'openpgp.generate-on-card-begin': { words: 'happened.openpgp.generate-on-card-begin', state: 'waiting' },
  'openpgp.generate-on-card': { words: 'happened.openpgp.generate-on-card', state: 'fine' },
  'openpgp.move-to-card-begin': { words: 'happened.openpgp.move-to-card-begin', state: 'waiting' },
  'openpgp.move-to-card': { words: 'happened.openpgp.move-to-card', state: 'fine' },
  'openpgp.export': { words: 'happened.openpgp.export', state: 'fine' },
  'openpgp.export-secret': { words: 'happened.openpgp.export-secret', state: 'fine' },
  'openpgp.export-revocation': { words: 'happened.openpgp.export-revocation', state: 'fine' },
  'token.begin': { words: 'happened.token.begin', state: 'waiting' },
  'token.enroll': { words: 'happened.token.enroll', state: 'fine' },
  'token.generate': { words: 'happened.token.generate', state: 'waiting' },
  'token.settle': { words: 'happened.token.settle', state: 'fine' },
  'token.import-begin': { words: 'happened.token.import-begin', state: 'waiting' },
  'token.import': { words: 'happened.token.import', state: 'fine' },
  'token.lost': { words: 'happened.token.lost', state: 'ended' },
  'key.export': { words: 'happened.key.export', state: 'fine' },
  'mail.export': { words: 'happened.mail.export', state: 'fine' },
  'mail.kit': { words: 'happened.mail.kit', state: 'fine' },
  'mail.open': { words: 'happened.mail.open', state: 'kept' },
  'message.open': { words: 'happened.message.open', state: 'kept' },
  'message.sign': { words: 'happened.message.sign', state: 'fine' },
  'mail.deliver': { words: 'happened.mail.deliver', state: 'waiting' },
  'mail.test': { words: 'happened.mail.test', state: 'waiting' },
  'mail.check': { words: 'happened.mail.check', state: 'kept' },
  'submission.sender': { words: 'happened.submission.sender', state: 'fine' },
  'mail.package': { words: 'happened.mail.package', state: 'waiting' },
  'mail.package-saved': { words: 'happened.mail.package-saved', state: 'waiting' },
  'mail.pick-up': { words: 'happened.mail.pick-up', state: 'fine' },
  'mail.prove': { words: 'happened.mail.prove', state: 'fine' },
  'mail.expire': { words: 'happened.mail.expire', state: 'ended' },
};

/** An entry of the audit log about a person, in words. */
export function happenedWords({ action, outcome, subject }: Told): string {
  const { certificates } = subject;
  const count = Array.isArray(certificates) ? certificates.length : 1;
  const what = t(wordings[action]?.words ?? 'happened.other', { action, count });
  return outcome === 'success' ? what : t(outcome === 'refused' ? 'happened.refused' : 'happened.failed', { what });
}

export const happenedState = ({ action, outcome }: Told): State =>
  outcome === 'success' ? (wordings[action]?.state ?? 'unknown') : 'stopped';
