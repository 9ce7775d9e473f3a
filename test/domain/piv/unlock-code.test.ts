import { expect, test } from 'vitest';
import { newUnlockCode } from '../../../main/domain/piv/unlock-code.ts';

const text = (octets: Uint8Array): string => String.fromCodePoint(...octets);

/** Random octets that are these, in turn. */
function given(...turns: readonly (readonly number[])[]): (length: number) => Uint8Array {
  const left = [...turns];
  return (length) => {
    const octets = left.shift() ?? [];
    return Uint8Array.from({ length }, (_, at) => octets[at] ?? 255);
  };
}

test('a new unlock code has eight figures, and octets that would favour some figures count for none', () => {
  expect(text(newUnlockCode(given([250, 7, 255, 11, 22, 33, 44, 251, 59, 66, 73])))).toBe('71234963');
});

test('too few octets, and a code that anybody would try, are drawn again', () => {
  const easy = [1, 2, 3, 4, 5, 6, 7, 8];
  expect(text(newUnlockCode(given([255], easy, [9, 2, 7, 4, 5, 0, 7, 1])))).toBe('92745071');
});
