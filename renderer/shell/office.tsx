import { createElement, useState, type ComponentType } from 'react';
import type { Role } from '../../main/domain/access/role.ts';
import type { Feature, ScreenProps } from '../features/feature.ts';
import { t } from '../i18n/translate.ts';
import { useNavigation, type RouteName } from '../state/navigation.ts';
import { useCommand } from '../state/use-command.ts';
import { AppShell } from './app-shell.tsx';
import { Finder } from './finder.tsx';
import { mayOpen, placesFor } from './navigation.ts';
import type { SideBarProps } from './side-bar.tsx';
import { useFindKeys, useLockKeys } from './shortcuts.ts';
import { useDropAnywhere } from './use-drop-anywhere.ts';
import { usePresence } from './use-presence.ts';

export interface OfficeProps {
  readonly features: readonly Feature[];
  readonly practiceName: string;
  readonly person: { readonly name: string; readonly role: Role };
  readonly onLocked: () => void;
}

/** The screen of a route, if one of the features brings it. */
function screenFor(features: readonly Feature[], name: RouteName): ComponentType<ScreenProps<RouteName>> | undefined {
  return features.map((feature) => feature.screens?.[name]).find((screen) => screen !== undefined) as
    | ComponentType<ScreenProps<RouteName>>
    | undefined;
}

const registeredIn = (features: readonly Feature[]): ReadonlySet<RouteName> =>
  new Set(features.flatMap((feature) => Object.keys(feature.screens ?? {}) as RouteName[]));

/** The list of features never changes while the window is open, so their hooks keep their order. */
function useCounts(features: readonly Feature[]): Readonly<Partial<Record<RouteName, number>>> {
  return Object.assign({}, ...features.map((feature) => feature.useCounts?.() ?? {})) as Readonly<Partial<Record<RouteName, number>>>;
}

/** As above: what the first feature that knows readers says of them. */
const useReader = (features: readonly Feature[]): SideBarProps['reader'] =>
  features.map((feature) => feature.useReader?.()).find((reader) => reader !== undefined);

/** The window with somebody signed in: side bar, the current screen, the palette. */
export function Office({ features, person, onLocked }: OfficeProps) {
  const { route, go } = useNavigation();
  const [isFinding, setFinding] = useState(false);
  const lock = useCommand('session.lock');
  const groups = placesFor(registeredIn(features), person.role);
  const first = groups[0]?.[0]?.route;
  const isThere = screenFor(features, route.name) !== undefined && mayOpen(person.role, route.name);
  const shown = isThere ? route : (first ?? route);
  const screen = screenFor(features, shown.name);
  const StepUp = features.find((feature) => feature.stepUp !== undefined)?.stepUp;
  const counts = useCounts(features);
  const reader = useReader(features);
  const lockNow = () => {
    onLocked();
    // Where locking cannot even be written down, a page that begins anew has no session either.
    void lock.run({}).then((answer) => answer === undefined && window.location.reload());
  };
  usePresence();
  useDropAnywhere(mayOpen(person.role, 'viewer'));
  useFindKeys(() => setFinding(true));
  useLockKeys(lockNow);
  return (
    <AppShell
      groups={groups}
      current={shown.name}
      counts={counts}
      onGo={go}
      onFind={() => setFinding(true)}
      {...(reader === undefined ? {} : { reader })}
      person={{ name: person.name, role: t(`window.role.${person.role}`) }}
      onLock={lockNow}
    >
      {screen !== undefined && createElement(screen, { route: shown, key: 'id' in shown ? `${shown.name} ${shown.id}` : shown.name })}
      {StepUp !== undefined && <StepUp />}
      <Finder features={features} groups={groups} isOpen={isFinding} onClose={() => setFinding(false)} onLock={lockNow} />
    </AppShell>
  );
}
