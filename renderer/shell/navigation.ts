import {
  IconAddressBook,
  IconBuildingBank,
  IconCertificate,
  IconChartBar,
  IconCreditCard,
  IconHome,
  IconLifebuoy,
  IconMail,
  IconSettings,
  IconTemplate,
  IconTimeline,
  IconUserPlus,
  type Icon,
} from '@tabler/icons-react';
import type { MessageKey } from '../i18n/translate.ts';
import type { Route, RouteName } from '../state/navigation.ts';

/** A place in the side bar. */
export interface Place {
  readonly route: Route;
  readonly label: MessageKey;
  readonly icon: Icon;
  /** Places that show what this one lists. */
  readonly also?: readonly RouteName[];
}

/** The side bar in its order and groups. A place is offered only once its screen is registered. */
export const placeGroups: readonly (readonly Place[])[] = [
  [
    { route: { name: 'overview' }, label: 'place.overview', icon: IconHome },
    { route: { name: 'people' }, label: 'place.people', icon: IconAddressBook, also: ['person'] },
    { route: { name: 'enrol' }, label: 'place.enrol', icon: IconUserPlus },
  ],
  [
    { route: { name: 'cards' }, label: 'place.cards', icon: IconCreditCard },
    { route: { name: 'certificates' }, label: 'place.certificates', icon: IconCertificate, also: ['certificate', 'revoked'] },
    { route: { name: 'authorities' }, label: 'place.authorities', icon: IconBuildingBank },
    { route: { name: 'profiles' }, label: 'place.profiles', icon: IconTemplate },
    { route: { name: 'mail-programs' }, label: 'place.mail-programs', icon: IconMail },
    { route: { name: 'recovery' }, label: 'place.recovery', icon: IconLifebuoy },
  ],
  [
    { route: { name: 'audit' }, label: 'place.audit', icon: IconTimeline },
    { route: { name: 'reports' }, label: 'place.reports', icon: IconChartBar },
    { route: { name: 'settings' }, label: 'place.settings', icon: IconSettings },
  ],
];

/** The groups with only those places whose screen exists; empty groups fall away. */
export function placesFor(registered: ReadonlySet<RouteName>): readonly (readonly Place[])[] {
  return placeGroups.map((group) => group.filter((place) => registered.has(place.route.name))).filter((group) => group.length > 0);
}
