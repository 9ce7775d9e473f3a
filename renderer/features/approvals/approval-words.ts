import type { ApprovalView } from '../../../main/contract/approvals.ts';
import { roles } from '../../../main/domain/access/role.ts';
import { fourEyesActs } from '../../../main/domain/access/four-eyes.ts';
import { t, type MessageKey } from '../../i18n/translate.ts';
import { roleName } from '../operators/role-words.ts';

const sentences: Readonly<Record<string, MessageKey>> = {
  'authorities.create': 'approvals.of-authority',
  'authorities.import': 'approvals.of-import',
  'authorities.rollover': 'approvals.of-rollover',
  'offline.certify': 'approvals.of-certify',
  'certificates.revoke': 'approvals.of-revoke',
  'operators.add': 'approvals.of-add',
  'operators.setRole': 'approvals.of-role',
  'operators.setPerson': 'approvals.of-person',
  'operators.remove': 'approvals.of-remove',
  'operators.resetSecondFactor': 'approvals.of-reset',
  'policies.set': 'approvals.of-policy',
};

/** What somebody wants to do, in a sentence; a call without one of its own is named. */
export function sentenceOf({ call, subject, names, people }: ApprovalView): string {
  const { certificates, role, person } = subject;
  const who = String(subject['operator'] ?? subject['name'] ?? subject['called'] ?? subject['replaced'] ?? subject['under'] ?? '');
  const sentence = call === 'operators.setPerson' && person === undefined ? 'approvals.of-person-none' : sentences[call];
  return t(sentence ?? 'approvals.of-other', {
    call,
    name: names[who] ?? who,
    person: names[String(person ?? '')] ?? '',
    role: roles
      .filter((one) => one === role)
      .map(roleName)
      .join(''),
    count: typeof certificates === 'object' ? certificates.length : 0,
    people: people.join(', '),
    ...policyWords(subject),
  });
}

function policyWords({ fourEyes, breakGlass }: ApprovalView['subject']): { readonly acts: string; readonly emergency: string } {
  const chosen = fourEyesActs.filter((act) => typeof fourEyes === 'object' && fourEyes.includes(act));
  const way = breakGlass === undefined ? 'same' : breakGlass === true ? 'on' : 'off';
  return {
    acts: chosen.length === 0 ? t('approvals.no-act') : chosen.map((act) => t(`settings.four-eyes-${act}`)).join(', '),
    emergency: t(`approvals.break-glass-${way}`),
  };
}
