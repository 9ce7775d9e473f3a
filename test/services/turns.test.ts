import { expect, test } from 'vitest';
import { Turns } from '../../main/services/turns.ts';

test('acts that take turns are going on until the last of them has ended, well or not', async () => {
  const turns = new Turns();
  expect(turns.isBusy).toBe(false);
  const first = turns.take(async () => Promise.reject(new Error('the card is out')));
  const second = turns.take(async () => 'done');
  expect(turns.isBusy).toBe(true);
  await expect(first).rejects.toThrow('the card is out');
  expect(turns.isBusy).toBe(true);
  expect(await second).toBe('done');
  expect(turns.isBusy).toBe(false);
});
