import { Tooltip, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconLock, IconSearch } from '@tabler/icons-react';
import { t } from '../i18n/translate.ts';
import type { Route, RouteName } from '../state/navigation.ts';
import { Avatar } from '../ui/avatar.tsx';
import { CountBadge } from '../ui/count-badge.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { Mark } from '../ui/mark.tsx';
import { PersonName } from '../ui/person-name.tsx';
import { StatusShape } from '../ui/status-shape.tsx';
import type { State } from '../ui/status.ts';
import type { Place } from './navigation.ts';
import { findKeys } from './shortcuts.ts';
import styles from './side-bar.module.css';

/** Below this the side bar is a rail of icons. */
const railQuery = '(max-width: 999.98px)';

export interface SideBarProps {
  readonly groups: readonly (readonly Place[])[];
  readonly current: RouteName;
  readonly counts: Readonly<Partial<Record<RouteName, number>>>;
  readonly onGo: (route: Route) => void;
  readonly onFind: () => void;
  /** What is known of the card reader; left out while nothing is. */
  readonly reader?: { readonly state: State; readonly words: string };
  readonly person: { readonly name: string; readonly role: string };
  readonly onLock: () => void;
}

/** The side bar of the office window. */
export function SideBar({ groups, current, counts, onGo, onFind, reader, person, onLock }: SideBarProps) {
  const isRail = useMediaQuery(railQuery) ?? false;
  return (
    <header className={styles.bar}>
      <div className={styles.brand}>
        <Mark size={28} />
        <span className={styles.name}>{t('window.app')}</span>
      </div>
      <UnstyledButton className={styles.find} onClick={onFind} aria-keyshortcuts="Control+K">
        <IconSearch size={16} stroke={1.75} aria-hidden />
        <span className={styles.findWords}>{t('window.find')}</span>
        <KeyCap>{findKeys}</KeyCap>
      </UnstyledButton>
      <nav className={styles.nav} aria-label={t('window.navigation')}>
        {groups.map((group) => (
          <ul key={group[0]?.label} className={styles.group}>
            {group.map((place) => (
              <PlaceLink
                key={place.label}
                place={place}
                current={current}
                count={counts[place.route.name] ?? 0}
                isRail={isRail}
                onGo={onGo}
              />
            ))}
          </ul>
        ))}
      </nav>
      <div className={styles.foot}>
        {reader !== undefined && (
          <p className={styles.reader}>
            <StatusShape state={reader.state} size={14} label />
            <span className={styles.readerWords}>{reader.words}</span>
          </p>
        )}
        <div className={styles.person}>
          <UnstyledButton
            className={styles.account}
            title={t('account.open', { name: person.name })}
            onClick={() => onGo({ name: 'account' })}
            {...(current === 'account' ? { 'aria-current': 'page' } : {})}
          >
            <Avatar name={person.name} />
            <span className={styles.personWords}>
              <span className={styles.personName}>
                <PersonName name={person.name} />
              </span>
              <span className={styles.role}>{person.role}</span>
            </span>
          </UnstyledButton>
          <IconButton icon={IconLock} label={t('window.lock')} onClick={onLock} />
        </div>
      </div>
    </header>
  );
}

interface PlaceLinkProps {
  readonly place: Place;
  readonly current: RouteName;
  readonly count: number;
  readonly isRail: boolean;
  readonly onGo: (route: Route) => void;
}

function PlaceLink({ place, current, count, isRail, onGo }: PlaceLinkProps) {
  const isCurrent = place.route.name === current || place.also?.includes(current) === true;
  const Icon = place.icon;
  return (
    <li>
      <Tooltip label={t(place.label)} position="right" disabled={!isRail}>
        <UnstyledButton className={styles.place} onClick={() => onGo(place.route)} {...(isCurrent ? { 'aria-current': 'page' } : {})}>
          <Icon size={18} stroke={1.75} aria-hidden />
          <span className={styles.placeName}>{t(place.label)}</span>
          {count > 0 && (
            <span className={styles.count}>
              <CountBadge count={count} isLoud={isCurrent} />
            </span>
          )}
        </UnstyledButton>
      </Tooltip>
    </li>
  );
}
