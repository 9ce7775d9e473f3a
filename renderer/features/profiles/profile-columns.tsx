import type { ProfileSummary } from '../../../main/contract/profiles.ts';
import { t } from '../../i18n/translate.ts';
import type { DataColumn } from '../../ui/data-column.ts';
import { Tag } from '../../ui/tag.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { daysWords, keysWords, profileTitle, profileWords } from './profile-words.ts';

/** The columns of the list of profiles. */
export const profileColumns: readonly DataColumn<ProfileSummary>[] = [
  {
    id: 'profile',
    header: t('profiles.column.profile'),
    width: 'minmax(240px, 2fr)',
    cell: (profile) => <TwoLines first={<bdi>{profileTitle(profile)}</bdi>} second={profile.name} />,
  },
  {
    id: 'rules',
    header: t('profiles.column.rules'),
    width: 'minmax(170px, 1.2fr)',
    isExtra: true,
    cell: ({ basedOn, generation }) => (basedOn === null ? <Tag>{t(`profiles.generation.${generation}`)}</Tag> : profileWords(basedOn)),
  },
  {
    id: 'keys',
    header: t('profiles.column.keys'),
    width: 'minmax(150px, 1.2fr)',
    isExtra: true,
    cell: ({ algorithms }) => keysWords(algorithms),
  },
  { id: 'days', header: t('profiles.column.days'), width: '140px', cell: ({ validityDays }) => daysWords(validityDays) },
];
