import {
  IconAddressBook,
  IconBuildingBank,
  IconCertificate,
  IconChartBar,
  IconCreditCard,
  IconDatabaseExport,
  IconFileSearch,
  IconHome,
  IconLifebuoy,
  IconMail,
  IconSettings,
  IconTemplate,
  IconTimeline,
  IconUser,
  IconUserPlus,
  IconUserShield,
  type Icon,
} from '@tabler/icons-react';
import { useCallback, useContext } from 'react';
import { may, type GuardedCall } from '../../main/domain/access/permissions.ts';
import type { Role } from '../../main/domain/access/role.ts';
import type { MessageKey } from '../i18n/translate.ts';
import { RoleContext } from '../state/role.ts';
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
    { route: { name: 'own' }, label: 'place.own', icon: IconUser },
    { route: { name: 'overview' }, label: 'place.overview', icon: IconHome },
    { route: { name: 'people' }, label: 'place.people', icon: IconAddressBook, also: ['person'] },
    { route: { name: 'enrol' }, label: 'place.enrol', icon: IconUserPlus },
  ],
  [
    { route: { name: 'cards' }, label: 'place.cards', icon: IconCreditCard },
    { route: { name: 'certificates' }, label: 'place.certificates', icon: IconCertificate, also: ['certificate', 'revoked'] },
    { route: { name: 'viewer' }, label: 'place.viewer', icon: IconFileSearch },
    { route: { name: 'authorities' }, label: 'place.authorities', icon: IconBuildingBank },
    { route: { name: 'profiles' }, label: 'place.profiles', icon: IconTemplate },
    { route: { name: 'mail-programs' }, label: 'place.mail-programs', icon: IconMail },
    { route: { name: 'recovery' }, label: 'place.recovery', icon: IconLifebuoy },
  ],
  [
    { route: { name: 'operators' }, label: 'place.operators', icon: IconUserShield },
    { route: { name: 'backup' }, label: 'place.backup', icon: IconDatabaseExport },
    { route: { name: 'audit' }, label: 'place.audit', icon: IconTimeline, also: ['incidents', 'incident'] },
    { route: { name: 'reports' }, label: 'place.reports', icon: IconChartBar },
    { route: { name: 'settings' }, label: 'place.settings', icon: IconSettings },
  ],
];

/** What a screen asks before anything else: who may not, is not offered it. */
const needed: Readonly<Partial<Record<RouteName, GuardedCall>>> = {
  overview: 'reports.overview',
  people: 'people.list',
  // A page of anybody is for who sees everybody.
  person: 'people.list',
  enrol: 'enrollment.start',
  cards: 'tokens.list',
  certificates: 'certificates.list',
  certificate: 'certificates.show',
  viewer: 'viewer.open',
  revoked: 'certificates.previewRevocation',
  authorities: 'authorities.list',
  profiles: 'profiles.list',
  'mail-programs': 'mail.packages',
  operators: 'operators.list',
  recovery: 'escrow.state',
  backup: 'backup.status',
  audit: 'audit.list',
  incidents: 'incidents.list',
  incident: 'incidents.show',
  settings: 'policies.set',
};

/** Whether somebody of this role is shown a screen at all. */
export function mayOpen(role: Role, name: RouteName): boolean {
  // Everybody else has the pages of all people.
  if (name === 'own') return role === 'staff';
  const call = needed[name];
  return call === undefined || may(role, call);
}

/** As `mayOpen`, for whoever is signed in. */
export function useMayOpen(): (name: RouteName) => boolean {
  const role = useContext(RoleContext);
  return useCallback((name: RouteName) => mayOpen(role, name), [role]);
}

/** The groups with only those places whose screen exists and is for this role; empty groups fall away. */
export function placesFor(registered: ReadonlySet<RouteName>, role: Role): readonly (readonly Place[])[] {
  const isOffered = ({ route: { name } }: Place) => registered.has(name) && mayOpen(role, name);
  return placeGroups.map((group) => group.filter(isOffered)).filter((group) => group.length > 0);
}
