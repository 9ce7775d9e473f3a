import { expect, test } from 'vitest';
import { Turns } from '../../main/services/turns.ts';

test('acts that take turns are going on until the last of them has ended, well or not', async () => {
  const turns = new Turns();
  expect(turns.isBusy).toBe(false);
  const held = Promise.withResolvers<string>();
  const first = turns.take(async () => Promise.reject(new Error('the card is out')));
  const second = turns.take(async () => held.promise);
  await expect(first).rejects.toThrow('the card is out');
  expect(turns.isBusy).toBe(true);
  held.resolve('done');
  expect(await second).toBe('done');
  expect(turns.isBusy).toBe(false);
});
