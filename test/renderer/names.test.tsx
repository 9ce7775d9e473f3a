import { expect, test } from 'vitest';
import { initialsOf } from '../../renderer/i18n/initials.ts';
import { languageOf } from '../../renderer/i18n/language-of.ts';
import { PersonName } from '../../renderer/ui/person-name.tsx';
import { show, standInForLayout } from './support/render.tsx';

standInForLayout();

const staff = [
  ['Dr. Adaeze Okafor', 'AO', 'und'],
  ['Dr. Hassan al-Amin', 'HA', 'und'],
  ['Siobhán Ní Bhriain', 'SB', 'und'],
  ['Łukasz Wiśniewski', 'ŁW', 'und'],
  ['Μαρία Παπαδοπούλου', 'ΜΠ', 'el'],
  ['Nguyễn Thị Hồng', 'NH', 'vi'],
  ['田中 美咲', '田', 'und-Hani'],
  ['山田 たろう', '山', 'ja'],
  ['김민준', '김', 'ko'],
  ['Олена Шевченко', 'ОШ', 'und-Cyrl'],
  ['Андрій Коваль', 'АК', 'uk'],
  ['د. ليلى حداد', 'لح', 'ar'],
  ['דנה לוי', 'דל', 'he'],
  ['Björk', 'B', 'und'],
] as const;

test.each(staff)('%s has the initials %s and the language %s', (name, initials, language) => {
  expect(initialsOf(name)).toBe(initials);
  expect(languageOf(name)).toBe(language);
});

test('decomposed letters count as what they look like', () => {
  expect(initialsOf('E\u0301mile Zo\u0308e')).toBe('ÉZ');
  expect(languageOf('Nguye\u0302\u0303n')).toBe('vi');
});

test('a name that is only a title is not left without initials', () => {
  expect(initialsOf('Dr.')).not.toBe('');
});

test('a name stands apart from the direction of its surroundings', () => {
  const { container } = show(<PersonName name="דנה לוי" />);
  expect(container.querySelector('bdi')?.lang).toBe('he');
});
