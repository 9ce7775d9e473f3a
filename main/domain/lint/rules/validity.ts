import { validityDays } from '../../x509/validity.ts';
import type { LintRule, LintSubject, Verdict } from '../rule.ts';
import { everyKind, when } from '../rule.ts';

/** S/MIME BR section 6.3.2. */
const longest = 825;
const longestLegacy = 1185;

/** Rules about how long a certificate lasts. */
export const validityRules: readonly LintRule[] = [
  {
    name: 'validity-order',
    source: 'RFC 5280 4.1.2.5',
    kinds: everyKind,
    check: ({ certificate }) =>
      when(certificate.notAfter.getTime() < certificate.notBefore.getTime(), 'error', 'It ends before it begins.'),
  },
  { name: 'validity-period', source: 'S/MIME BR 6.3.2', kinds: ['subscriber'], check: checkPeriod },
];

function checkPeriod({ certificate, generation }: LintSubject): Verdict[] {
  const days = validityDays(certificate);
  const limit = generation === 'legacy' ? longestLegacy : longest;
  return [
    ...when(days > limit, 'error', `It is valid for ${days} days; ${limit} is the most.`),
    ...when(days === limit, 'notice', `It is valid for the full ${limit} days; a leap second would make it one too many.`),
  ];
}
