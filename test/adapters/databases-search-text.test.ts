import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from '../../main/adapters/databases/cursor.ts';
import { fold, searchText, sortKey, wordsOf } from '../../main/adapters/databases/search-text.ts';

describe('text folded for comparing', () => {
  it.each([
    ['Émile', 'emile'],
    ['Nguyễn Thị Hồng', 'nguyen thi hong'],
    ['STRAẞE Straße', 'strasse strasse'],
    ['Łódź Ærø Þór', 'lodz aero thor'],
    ['ΟΔΥΣΣΕΥΣ Οδυσσεύς', 'οδυσσευσ οδυσσευσ'],
    ['İstanbul ısı', 'istanbul isi'],
    ['Ａｄａ ﬁ', 'ada fi'],
    ['김민준', '김민준'],
    ['がく', 'かく'],
    ['לֵילָא', 'לילא'],
  ])('%s is %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
    expect(fold(text.normalize('NFD'))).toBe(folded);
  });

  it('is the same when folded again, and in lower case', () => {
    for (const text of ['Ærø', 'Straße', 'Σίσυφος', 'Ⅷ', 'ŉ', 'ǅ']) expect(fold(fold(text))).toBe(fold(text));
  });
});

describe('the words of a text', () => {
  it('are its letters and digits, in any script', () => {
    expect(wordsOf('a.okafor+x@ridgeway.example, 0042', 20)).toEqual(['a', 'okafor', 'x', 'ridgeway', 'example', '0042']);
    expect(wordsOf('प्रिया शर्मा', 20)).toHaveLength(2);
  });

  it('are each character where a script has no spaces', () => {
    expect(wordsOf('山田 太郎', 20)).toEqual(['山', '田', '太', '郎']);
  });

  it('hold nothing that means anything to a pattern', () => {
    expect(searchText(['100%_sure\\', null, "o'neil"])).toBe(' 100 sure o neil');
  });

  it('are few when they are searched for, and none when there is nothing to search', () => {
    expect(wordsOf('a b c d e f g h i j k')).toHaveLength(8);
    for (const text of ['', '   ', '%', '--- ...']) expect(wordsOf(text)).toEqual([]);
  });
});

describe('a text to sort by', () => {
  it('is its folded beginning, cut between characters', () => {
    expect(sortKey('  Ábel ')).toBe('abel');
    expect(sortKey('𝒜'.repeat(200))).toHaveLength(64);
    expect(sortKey('🦉'.repeat(200)).isWellFormed()).toBe(true);
  });
});

describe('the mark for the next page', () => {
  it('gives its position back', () => {
    const position = ['Ünï', 7, ''];
    expect(decodeCursor('list', 3, encodeCursor('list', position))).toEqual(position);
  });

  it('stays under what a call takes, whatever the names', () => {
    const key = sortKey('\u{1f989}'.repeat(300));
    expect(encodeCursor('people/department', [`0${key}`, key, '01890a5d-ac96-774b-bcce-b302099a8057']).length).toBeLessThan(2000);
  });

  it.each([
    '[',
    '[]',
    '{}',
    '"list"',
    '["list"]',
    '["list",1,2,3]',
    '["other",1,2]',
    '["list",1,null]',
    '["list",1,[2]]',
    '["list",1,1.5]',
    '["list",1,true]',
  ])('is refused when it says %s', (json) => {
    const act = () => decodeCursor('list', 2, Buffer.from(json).toString('base64url'));
    expect(act).toThrow(expect.objectContaining({ code: 'input.invalid', details: { field: 'after' } }));
  });
});
