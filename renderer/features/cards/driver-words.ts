import type { ModuleSummary } from '../../../main/contract/tokens.ts';
import type { State } from '../../ui/status.ts';

/** The shape beside a driver; one that is not installed is nobody's fault. */
export const driverStates: Readonly<Record<ModuleSummary['state'], State>> = {
  working: 'fine',
  missing: 'ended',
  unusable: 'stopped',
  crashed: 'stopped',
  hung: 'stopped',
};

/** Whether any card could be seen: `ready`; `none` where no driver is installed; `blind` where none of them works. */
export function sightOf(modules: readonly Pick<ModuleSummary, 'state'>[]): 'ready' | 'blind' | 'none' {
  if (modules.some(({ state }) => state === 'working')) return 'ready';
  return modules.every(({ state }) => state === 'missing') ? 'none' : 'blind';
}
