import { expect, test } from 'vitest';
import { choosePlace } from '../../../main/domain/piv/key-places.ts';

const places = (...numbers: readonly number[]): ReadonlySet<number> => new Set(numbers);

test('a key that signs goes where each signature asks for the PIN, then to the other place', () => {
  expect(choosePlace('sign', places(), places())).toBe(2);
  expect(choosePlace('sign', places(2, 3), places())).toBe(1);
});

test('a key of no more use is overwritten only where no place is free, and any other never', () => {
  expect(choosePlace('sign', places(2), places(2))).toBe(1);
  expect(choosePlace('sign', places(1, 2), places(1))).toBe(1);
  expect(() => choosePlace('sign', places(1, 2), places())).toThrow(expect.objectContaining({ code: 'token.full' }));
});

test('the key that opens mail now has one place, older ones twenty', () => {
  const retired = Array.from({ length: 20 }, (_, at) => at + 5);
  expect(choosePlace('open', places(2, 5), places())).toBe(3);
  expect(choosePlace('open-older', places(3, 5, 6), places())).toBe(7);
  expect(choosePlace('open-older', places(...retired.slice(0, -1)), places())).toBe(24);
  for (const [use, taken] of [['open', places(3)] as const, ['open-older', places(...retired)] as const])
    expect(() => choosePlace(use, taken, places())).toThrow(expect.objectContaining({ code: 'token.full' }));
});
