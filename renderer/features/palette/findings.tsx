import {
  IconCertificate,
  IconCreditCard,
  IconFileSpreadsheet,
  IconTimeline,
  IconUser,
  IconUserExclamation,
  IconUserPlus,
  type Icon,
} from '@tabler/icons-react';
import type { PersonSummary } from '../../../main/contract/people.ts';
import { callName } from '../../i18n/call-name.ts';
import { t, type MessageKey } from '../../i18n/translate.ts';
import { useMayOpen } from '../../shell/navigation.ts';
import { useGo, type Route } from '../../state/navigation.ts';
import { useQuery } from '../../state/use-query.ts';
import { useNow } from '../../ui/clock.tsx';
import type { PaletteGroup } from '../../ui/palette-item.ts';
import type { Feature } from '../feature.ts';
import { personLine } from './person-line.tsx';

/** How many people are offered; more letters find fewer. */
const offered = 6;

interface Act {
  readonly label: MessageKey;
  readonly icon: Icon;
  readonly to: Route;
}

/** What can be done for a person. */
function actsFor(person: PersonSummary): readonly Act[] {
  const needsIssuing = person.status === 'active' && person.standing !== 'covered';
  const issue: Act = { label: 'find.issue', icon: IconCertificate, to: { name: 'enrol', people: [person.id] } };
  return [
    ...(needsIssuing ? [issue] : []),
    { label: 'find.renew', icon: IconUser, to: { name: 'person', id: person.id } },
    { label: 'find.history', icon: IconTimeline, to: { name: 'audit', person: person.id } },
  ];
}

/** What can be done for the practice. */
const acts: readonly Act[] = [
  { label: 'find.enrol', icon: IconUserPlus, to: { name: 'enrol' } },
  { label: 'find.staff', icon: IconFileSpreadsheet, to: { name: 'enrol' } },
  { label: 'find.card', icon: IconCreditCard, to: { name: 'cards' } },
  { label: 'find.ending', icon: IconUserExclamation, to: { name: 'people', filter: 'ending' } },
  { label: 'find.uncovered', icon: IconUserExclamation, to: { name: 'people', filter: 'uncovered' } },
  { label: 'find.verify', icon: IconTimeline, to: { name: 'audit' } },
];

function useFindings(query: string): readonly PaletteGroup[] {
  const go = useGo();
  const now = useNow();
  const mayOpen = useMayOpen();
  const search = query.trim();
  const { data, isLoading } = useQuery('people.list', { limit: offered, ...(search === '' ? {} : { search, sort: 'name' as const }) });
  const people = data?.people ?? [];
  const [first] = people;
  const line = ({ label, icon: Shown, to }: Act) => ({
    id: label,
    title: t(label),
    icon: <Shown size={18} stroke={1.75} aria-hidden />,
    onChoose: () => go(to),
  });
  const isTheirs = ({ to }: Act) => mayOpen(to.name);
  const general = acts
    .filter(isTheirs)
    .map(line)
    .filter(({ title }) => title.toLowerCase().includes(search.toLowerCase()));
  return [
    ...(mayOpen('people')
      ? [
          {
            title: t('find.people'),
            isLoading,
            items: people.map((person) => personLine(person, now, () => go({ name: 'person', id: person.id }))),
          },
        ]
      : []),
    ...(first === undefined || search === ''
      ? []
      : [{ title: t('find.for', { name: callName(first.name) }), items: actsFor(first).filter(isTheirs).map(line) }]),
    ...(general.length === 0 ? [] : [{ title: t('find.do'), items: general }]),
  ];
}

export const palette: Feature = { useFindings };
