import type { ModuleSummary, ReaderHealth, TokenSummary } from '../../../main/contract/tokens.ts';
import type { State } from '../../ui/status.ts';

/** The shape beside a driver; one that is not installed is nobody's fault. */
export const driverStates: Readonly<Record<ModuleSummary['state'], State>> = {
  working: 'fine',
  missing: 'ended',
  unusable: 'stopped',
  crashed: 'stopped',
  hung: 'stopped',
};

/** The driver of a card that is not seen any more, where that is why. */
export const failedDriver = <D extends Pick<ModuleSummary, 'name' | 'state'>>(
  { module }: Pick<TokenSummary, 'module'>,
  drivers: readonly D[],
): D | undefined => drivers.find(({ name, state }) => name === module && state !== 'working');

/** Whether any card could be seen: `ready`; `none` where no driver is installed; `blind` where none of them works. */
export function sightOf(modules: readonly Pick<ModuleSummary, 'state'>[]): 'ready' | 'blind' | 'none' {
  if (modules.some(({ state }) => state === 'working')) return 'ready';
  return modules.every(({ state }) => state === 'missing') ? 'none' : 'blind';
}

/** Why no card can be seen although drivers work: what is wrong with the reader service, or with what is in a reader. */
export function whyNoCard(modules: readonly Pick<ModuleSummary, 'state'>[], readers: readonly ReaderHealth[]): ReaderHealth['error'] {
  if (sightOf(modules) !== 'ready') return null;
  return readers.find(({ error }) => error !== null && error.code !== 'token.absent')?.error ?? null;
}
