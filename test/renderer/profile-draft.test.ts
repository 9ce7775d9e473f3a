import { describe, expect, test } from 'vitest';
import { nameFrom, policiesFrom, replaceRule, withSource } from '../../renderer/features/profiles/profile-draft.ts';
import { profileWords } from '../../renderer/features/profiles/profile-words.ts';

describe('the name scripts call a profile by', () => {
  test.each([
    ['Locum doctors', 'locum-doctors'],
    ['  Ärzte & Ärztinnen  ', 'arzte-arztinnen'],
    ['2nd opinion', 'nd-opinion'],
    ['医師', ''],
    ['a'.repeat(60), 'a'.repeat(40)],
  ])('of %j is %j', (title, name) => {
    expect(nameFrom(title)).toBe(name);
  });
});

test('policies are taken apart at commas and spaces', () => {
  expect(policiesFrom(' 1.2.3, 1.2.4;1.2.5\n')).toEqual(['1.2.3', '1.2.4', '1.2.5']);
  expect(policiesFrom('  ')).toEqual([]);
});

test('a part of the name has a text of its own only while it is always the same text', () => {
  const rule = { attribute: 'title', source: 'title', presence: 'optional' } as const;
  const fixed = withSource(rule, 'text');
  expect(fixed).toEqual({ ...rule, source: 'text', text: '' });
  expect(withSource({ ...fixed, text: 'Dr.' }, 'title')).toEqual(rule);
  expect(replaceRule([rule, fixed], 0, undefined)).toEqual([fixed]);
});

test('a profile of Keyward’s is said in words, an own one by its name', () => {
  expect(profileWords('smime-sponsor-strict')).toBe('A person and the practice, strict rules');
  expect(profileWords('smime-mailbox-multipurpose-sign')).toBe('Signing mail: The mailbox alone');
  expect(profileWords('locums-sign')).toBe('locums-sign');
});
