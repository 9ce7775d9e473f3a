import type { AlarmView } from '../../../main/contract/incidents.ts';
import type { Route } from '../../state/navigation.ts';

/** Where an alarm is acted on. */
export function wayOf({ rule, firstIndex }: Pick<AlarmView, 'rule' | 'firstIndex'>): Route {
  switch (rule) {
    case 'failed-sign-ins':
      return { name: 'operators' };
    case 'pin-locked':
      return { name: 'cards' };
    case 'recovery':
    case 'break-glass':
    case 'review-expired':
      return { name: 'recovery' };
    case 'rollback':
    case 'sink-down':
      return { name: 'audit' };
    case 'outside-hours':
    case 'bulk-export':
    case 'bulk-revocation':
    case 'revoked-key':
      return { name: 'audit', entry: firstIndex };
  }
}
