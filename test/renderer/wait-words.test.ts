import { expect, test } from 'vitest';
import { waitWords } from '../../renderer/features/sign-in/use-wait.ts';

test.each([
  [1, 'Wait 1 second'],
  [119, 'Wait 119 seconds'],
  [120, 'Wait 2 minutes'],
  [121, 'Wait 3 minutes'],
  [3600, 'Wait 60 minutes'],
])('the wait of %d seconds is told in what people count in', (seconds, words) => {
  expect(waitWords('wait', seconds)).toBe(words);
});
