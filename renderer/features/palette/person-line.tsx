import type { PersonSummary } from '../../../main/contract/people.ts';
import { formatDistance, formatMonth } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { Avatar } from '../../ui/avatar.tsx';
import type { PaletteItem } from '../../ui/palette-item.ts';
import { standingAt } from '../../ui/standing.ts';
import { StatusShape } from '../../ui/status-shape.tsx';
import type { State } from '../../ui/status.ts';

interface Standing {
  readonly state: State;
  readonly words: string;
}

/** How a person stands, as a shape and a few words. */
function standingOf({ status, standing, endsAt }: PersonSummary, now: Date): Standing {
  if (status === 'left') return { state: 'kept', words: t('find.left') };
  if (standing === 'stopped') return { state: 'stopped', words: t('find.stopped') };
  if (standing === 'none' || endsAt === null) return { state: 'waiting', words: t('find.none') };
  const state = standingAt(endsAt, now);
  if (state === 'fine') return { state, words: t('find.fine', { month: formatMonth(endsAt) }) };
  return { state, words: t(state === 'soon' ? 'find.ends' : 'find.ended', { distance: formatDistance(endsAt, now) }) };
}

/** The line of one person. */
export function personLine(person: PersonSummary, now: Date, onChoose: () => void): PaletteItem {
  const { state, words } = standingOf(person, now);
  return {
    id: `person-${person.id}`,
    title: person.name,
    detail: person.department === null ? words : `${person.department} · ${words}`,
    icon: <Avatar name={person.name} />,
    status: <StatusShape state={state} label />,
    onChoose,
  };
}
