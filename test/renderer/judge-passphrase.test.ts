import { describe, expect, test } from 'vitest';
import { judgePassphrase } from '../../renderer/features/passphrase/judge-passphrase.ts';

describe('the words on a new passphrase', () => {
  test.each(['', 'a', 'hunter2', '田中美咲'])('calls %j too short', (typed) => {
    expect(judgePassphrase(typed)).toBe('short');
  });

  test.each(['password', 'Password1', 'qwertyuiop', '12345678', '87654321', 'aaaaaaaaaaaaaaaaaaaa', 'abcabcabcabcabc', 'letmeinletmein'])(
    'calls %j easy to guess, however long it is',
    (typed) => {
      expect(judgePassphrase(typed)).toBe('guessable');
    },
  );

  test('counts the names around here as what others would try first', () => {
    expect(judgePassphrase('ridgeway family practice', [])).toBe('strong');
    expect(judgePassphrase('ridgeway family practice', ['Ridgeway Family Practice'])).toBe('guessable');
  });

  test('asks for one or two words more where a computer would still guess', () => {
    expect(judgePassphrase('tulip harbour')).toBe('fair');
  });

  test.each(['correct horse battery staple', 'жёлтый трамвай над рекой', 'trois chaussettes sèches'])(
    'calls %j long enough without asking for figures or signs',
    (typed) => {
      expect(judgePassphrase(typed)).toBe('strong');
    },
  );

  test('judges letters composed in another way as the same', () => {
    expect(judgePassphrase('se\u0301che\u0301es')).toBe('short');
    expect(judgePassphrase('Ångström\u00A0fjord'.normalize('NFD'))).toBe(judgePassphrase('Ångström\u00A0fjord'.normalize('NFC')));
  });
});
