import { IconLock, IconUserCircle, type Icon } from '@tabler/icons-react';
import { useState } from 'react';
import type { Feature } from '../features/feature.ts';
import { t, type MessageKey } from '../i18n/translate.ts';
import { useGo } from '../state/navigation.ts';
import type { PaletteGroup, PaletteItem } from '../ui/palette-item.ts';
import { Palette } from '../ui/palette.tsx';
import type { Place } from './navigation.ts';

interface FinderProps {
  readonly features: readonly Feature[];
  readonly groups: readonly (readonly Place[])[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onLock: () => void;
}

/** Finds people, what can be done, and places; each feature adds what it knows. */
export function Finder(props: FinderProps) {
  return props.isOpen ? <OpenFinder {...props} /> : null;
}

function OpenFinder({ features, groups, onClose, onLock }: FinderProps) {
  const [query, setQuery] = useState('');
  const found = useFindings(features, query);
  const places = usePlaces(groups, query, onLock);
  return <Palette isOpen query={query} onQuery={setQuery} groups={[...found, ...places]} onClose={onClose} />;
}

/** The list of features never changes while the window is open, so their hooks keep their order. */
function useFindings(features: readonly Feature[], query: string): readonly PaletteGroup[] {
  return features.flatMap((feature) => feature.useFindings?.(query) ?? []);
}

function usePlaces(groups: readonly (readonly Place[])[], query: string, onLock: () => void): readonly PaletteGroup[] {
  const go = useGo();
  const wanted = query.trim().toLowerCase();
  const places = groups.flat().map(({ label, icon, route }) => line(label, icon, () => go(route)));
  const own = [line('palette.account', IconUserCircle, () => go({ name: 'account' })), line('palette.lock', IconLock, onLock)];
  const items = [...places, ...own].filter((item) => item.title.toLowerCase().includes(wanted));
  return items.length === 0 ? [] : [{ title: t('palette.go'), items }];
}

const line = (label: MessageKey, Shown: Icon, onChoose: () => void): PaletteItem => ({
  id: label,
  title: t(label),
  icon: <Shown size={18} stroke={1.75} aria-hidden />,
  onChoose,
});
