import { useState } from 'react';
import type { Feature } from '../features/feature.ts';
import { t } from '../i18n/translate.ts';
import { useGo } from '../state/navigation.ts';
import type { PaletteGroup } from '../ui/palette-item.ts';
import { Palette } from '../ui/palette.tsx';
import type { Place } from './navigation.ts';

interface FinderProps {
  readonly features: readonly Feature[];
  readonly groups: readonly (readonly Place[])[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Finds people, what can be done, and places; each feature adds what it knows. */
export function Finder(props: FinderProps) {
  return props.isOpen ? <OpenFinder {...props} /> : null;
}

function OpenFinder({ features, groups, onClose }: FinderProps) {
  const [query, setQuery] = useState('');
  const found = useFindings(features, query);
  const places = usePlaces(groups, query);
  return <Palette isOpen query={query} onQuery={setQuery} groups={[...found, ...places]} onClose={onClose} />;
}

/** The list of features never changes while the window is open, so their hooks keep their order. */
function useFindings(features: readonly Feature[], query: string): readonly PaletteGroup[] {
  return features.flatMap((feature) => feature.useFindings?.(query) ?? []);
}

function usePlaces(groups: readonly (readonly Place[])[], query: string): readonly PaletteGroup[] {
  const go = useGo();
  const wanted = query.trim().toLowerCase();
  const items = groups
    .flat()
    .map((place) => ({
      id: place.label,
      title: t(place.label),
      icon: <place.icon size={18} stroke={1.75} aria-hidden />,
      onChoose: () => go(place.route),
    }))
    .filter((item) => item.title.toLowerCase().includes(wanted));
  return items.length === 0 ? [] : [{ title: t('palette.go'), items }];
}
