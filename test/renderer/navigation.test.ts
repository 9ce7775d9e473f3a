import { beforeEach, expect, test } from 'vitest';
import { placesFor } from '../../renderer/shell/navigation.ts';
import { useNavigation } from '../../renderer/state/navigation.ts';

const navigation = () => useNavigation.getState();
beforeEach(() => navigation().reset());

test('back returns to where one came from, with what it was opened with', () => {
  navigation().go({ name: 'people', search: 'oka' });
  navigation().go({ name: 'person', id: 'p1' });
  navigation().back();
  expect(navigation().route).toEqual({ name: 'people', search: 'oka' });
});

test('a place that replaces another is not returned to', () => {
  navigation().go({ name: 'people' });
  navigation().replace({ name: 'people', filter: 'left' });
  navigation().back();
  expect(navigation().route).toEqual({ name: 'overview' });
});

test('back from the first place opens the one that is named', () => {
  navigation().back({ name: 'people' });
  expect(navigation().route).toEqual({ name: 'people' });
});

test('nothing of one session is left for the next', () => {
  navigation().go({ name: 'person', id: 'p1' });
  navigation().reset();
  expect([navigation().route, navigation().past]).toEqual([{ name: 'overview' }, []]);
});

test('only places whose screen exists are offered, and no empty group', () => {
  const names = placesFor(new Set(['audit', 'people', 'person']), 'administrator').map((group) => group.map((place) => place.route.name));
  expect(names).toEqual([['people'], ['audit']]);
});
