import { expect, test } from 'vitest';
import { pinQuestion } from '../../main/cli/pin-options.ts';

const card = { serialNumber: '11223344', personName: 'Dr. Okafor', reader: 'Reader 00', pin: 'fine', unlockCode: 'fine' } as const;

test('who is asked for a PIN at the terminal is told whose card it is, which PIN, and how many tries are left', () => {
  const counted = { ...card, tries: { pin: 3, unlockCode: 2 } };
  expect(pinQuestion('pin', counted)).toBe('PIN for card 11223344 of Dr. Okafor, in Reader 00, tries left: 3: ');
  expect(pinQuestion('unlockCode', counted)).toContain('Unlock code (PUK or SO-PIN) for card 11223344');
  expect(pinQuestion('unlockCode', counted)).toContain('tries left: 2');
});

test('where the card tells no number none is said, and before the last try a warning', () => {
  const uncounted = { ...card, tries: { pin: null, unlockCode: null } };
  expect(pinQuestion('pin', uncounted)).toBe('PIN for card 11223344 of Dr. Okafor, in Reader 00: ');
  expect(pinQuestion('pin', { ...uncounted, personName: null, pin: 'final-try' })).toBe(
    'PIN for card 11223344, in Reader 00, the last try: a wrong one locks it: ',
  );
});
