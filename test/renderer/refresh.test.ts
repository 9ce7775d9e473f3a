import { expect, test } from 'vitest';
import { contract } from '../../main/contract/contract.ts';
import { areasTouchedBy } from '../../renderer/state/refresh.ts';

/** Commands whose changes no list of a screen shows: the door itself, and what is shown once and kept nowhere. */
const shownNowhere = ['keys', 'session', 'viewer', 'workspace'];

test('after a command of any area something is asked again: no screen goes on showing what was', () => {
  const areas = Object.entries(contract).filter(([, calls]) => Object.values(calls).some(({ verb }) => verb === 'command'));
  const forgotten = areas.map(([area]) => area).filter((area) => areasTouchedBy(`${area}.any`).length === 0);
  expect(forgotten.toSorted()).toEqual(shownNowhere);
});
